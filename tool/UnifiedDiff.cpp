//===- UnifiedDiff.cpp - A change as a patch -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/UnifiedDiff.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <vector>

using namespace llvm;

namespace unsingleton {

namespace {
std::vector<StringRef> lines(StringRef Text) {
  std::vector<StringRef> Result;
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    size_t Length = End == StringRef::npos ? Text.size() : End + 1;
    Result.push_back(Text.take_front(Length));
    Text = Text.drop_front(Length);
  }
  return Result;
}

/// A run of lines that differ: [A, AEnd) becomes [B, BEnd).
struct Change {
  size_t A, AEnd, B, BEnd;
};

/// Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986), with the
/// trace kept per step. The common ends are cut off first, so D is small.
std::vector<Change> changes(const std::vector<StringRef> &A,
                            const std::vector<StringRef> &B) {
  size_t Head = 0;
  while (Head < A.size() && Head < B.size() && A[Head] == B[Head])
    ++Head;
  size_t Tail = 0;
  while (Tail < A.size() - Head && Tail < B.size() - Head &&
         A[A.size() - 1 - Tail] == B[B.size() - 1 - Tail])
    ++Tail;
  long N = static_cast<long>(A.size() - Head - Tail);
  long M = static_cast<long>(B.size() - Head - Tail);
  long Max = N + M;
  std::vector<std::vector<long>> Trace;
  if (Max == 0)
    return {};
  std::vector<long> V(2 * Max + 3, 0);
  auto At = [&](std::vector<long> &W, long K) -> long & {
    return W[K + Max + 1];
  };
  auto Down = [&](std::vector<long> &W, long K, long Step) {
    return K == -Step || (K != Step && At(W, K - 1) < At(W, K + 1));
  };
  long D = 0;
  for (bool Done = false;; ++D) {
    Trace.push_back(V);
    for (long K = -D; K <= D && !Done; K += 2) {
      long X = Down(V, K, D) ? At(V, K + 1) : At(V, K - 1) + 1;
      while (X < N && X - K < M && A[Head + X] == B[Head + X - K])
        ++X;
      At(V, K) = X;
      Done = X >= N && X - K >= M;
    }
    if (Done)
      break;
  }
  // Back along the trace: each step is one inserted or deleted line.
  std::vector<Change> Result;
  long X = N, Y = M;
  for (; D > 0; --D) {
    std::vector<long> &W = Trace[D];
    long PrevK = Down(W, X - Y, D) ? X - Y + 1 : X - Y - 1;
    long PrevX = At(W, PrevK);
    long PrevY = PrevX - PrevK;
    while (X > PrevX && Y > PrevY) {
      --X;
      --Y;
    }
    Change One{Head + PrevX, Head + X, Head + PrevY, Head + Y};
    if (!Result.empty() && Result.back().A == One.AEnd &&
        Result.back().B == One.BEnd) {
      Result.back().A = One.A;
      Result.back().B = One.B;
    } else {
      Result.push_back(One);
    }
    X = PrevX;
    Y = PrevY;
  }
  std::reverse(Result.begin(), Result.end());
  return Result;
}

void line(std::string &Out, char Mark, StringRef Text) {
  Out += Mark;
  Out += Text;
  if (!Text.ends_with("\n"))
    Out += "\n\\ No newline at end of file\n";
}

std::string range(size_t Begin, size_t End) {
  size_t Count = End - Begin;
  std::string Result = std::to_string(Count ? Begin + 1 : Begin);
  if (Count != 1)
    Result += "," + std::to_string(Count);
  return Result;
}
} // namespace

std::vector<TextChange> changedLines(StringRef Before, StringRef After) {
  std::vector<StringRef> A = lines(Before);
  std::vector<StringRef> B = lines(After);
  auto Offset = [](const std::vector<StringRef> &Lines, StringRef Whole,
                   size_t Line) {
    return static_cast<size_t>(Line == Lines.size()
                                   ? Whole.size()
                                   : Lines[Line].data() - Whole.data());
  };
  std::vector<TextChange> Result;
  for (const Change &C : changes(A, B)) {
    size_t Begin = Offset(A, Before, C.A);
    size_t NewBegin = Offset(B, After, C.B);
    Result.push_back({static_cast<unsigned>(Begin),
                      static_cast<unsigned>(Offset(A, Before, C.AEnd) - Begin),
                      After.slice(NewBegin, Offset(B, After, C.BEnd)).str()});
  }
  return Result;
}

std::string unifiedDiff(StringRef Path, StringRef Before, StringRef After) {
  constexpr size_t Context = 3;
  std::vector<StringRef> A = lines(Before);
  std::vector<StringRef> B = lines(After);
  std::vector<Change> All = changes(A, B);
  if (All.empty())
    return {};
  std::string Out = "--- a/" + Path.str() + "\n+++ b/" + Path.str() + "\n";
  for (size_t I = 0; I < All.size();) {
    size_t Last = I;
    while (Last + 1 < All.size() &&
           All[Last + 1].A - All[Last].AEnd <= 2 * Context)
      ++Last;
    size_t Begin = All[I].A - std::min(All[I].A, Context);
    size_t BBegin = All[I].B - (All[I].A - Begin);
    size_t End = std::min(A.size(), All[Last].AEnd + Context);
    size_t BEnd = All[Last].BEnd + (End - All[Last].AEnd);
    Out += "@@ -" + range(Begin, End) + " +" + range(BBegin, BEnd) + " @@\n";
    size_t At = Begin;
    for (; I <= Last; ++I) {
      for (; At < All[I].A; ++At)
        line(Out, ' ', A[At]);
      for (; At < All[I].AEnd; ++At)
        line(Out, '-', A[At]);
      for (size_t J = All[I].B; J < All[I].BEnd; ++J)
        line(Out, '+', B[J]);
    }
    for (; At < End; ++At)
      line(Out, ' ', A[At]);
  }
  return Out;
}

} // namespace unsingleton
