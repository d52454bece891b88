//===- ContextEdits.cpp - The text that hands a context on -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/ContextEdits.h"
#include "fixits/FunctionText.h"
#include "fixits/Mains.h"
#include <set>

using namespace unsingleton;

namespace {
constexpr const char *ProcessHeader = "isolation/process_context.h";
/// On the heap, for contexts in static storage are what the runtime's checks
/// look for.
constexpr const char *StaticContext =
    " = std::make_unique<isolation::ProcessContext>();";
/// For tests whose main is the framework's; one of each program.
constexpr const char *TestContext =
    "inline const auto process_context_of_tests";
constexpr const char *MainContext = "static const auto process_context";
} // namespace

/// Whether \p Function takes the context last: not behind an ellipsis.
bool ContextEdits::last(SymbolIndex Function) const {
  const auto *F = P.one<FunctionFact>(Function);
  return How.last() && !(F && F->Variadic);
}

void ContextEdits::parameter(SymbolIndex Function, unsigned Group, bool Used) {
  llvm::ArrayRef<FunctionSiteFact> Sites = P.of<FunctionSiteFact>(Function);
  const auto *F = P.one<FunctionFact>(Function);
  bool Header = llvm::any_of(
      Sites, [](const FunctionSiteFact &S) { return !S.Definition; });
  std::string Type = parameterType(P, How, Function);
  bool Last = last(Function);
  for (const ParameterNumberFact &Number : P.of<ParameterNumberFact>(Function))
    if (!Last)
      Out.add({Number.Where,
               {Piece::text(std::to_string(Number.Value + 1))},
               false,
               {}},
              Group);
  for (const FunctionSiteFact &Site : Sites) {
    bool Named = Used || !Site.Definition;
    std::string Text =
        Type + (Named ? How.ContextName : "/*" + How.ContextName + "*/");
    // A constructor that had no parameter must not become a conversion.
    bool Conversion = !Site.HasParameters && F &&
                      F->Kind == FunctionKind::Constructor &&
                      Site.Whole.Offset == Site.Name.Offset &&
                      Site.Name.Length == F->Name.size();
    if (Conversion)
      Out.insert(Site.Name, Site.Name.Offset, "explicit ", Group);
    if (Site.HasParameters && Last)
      Out.insert(Site.Parameters, Site.Parameters.end(), ", " + Text, Group);
    else if (Site.HasParameters)
      Out.insert(Site.Parameters, Site.Parameters.Offset, Text + ", ", Group);
    else
      Out.add({Site.Parameters, {Piece::text(Text)}, false, {}}, Group);
    // A definition's own header brings the type along.
    if (!Site.Definition || !Header)
      Out.include(Site.Name.File, How.ContextHeader);
  }
}

void ContextEdits::argument(const ThreadedCall &Threaded, unsigned Group) {
  const CallFact &Call = *Threaded.Call;
  std::string Text = Threaded.Answer.Expression;
  if (const InvocationFact *Invoked =
          Call.Kind == CallKind::Mention || Call.Kind == CallKind::Forwarded
              ? invocationOf(P, Call)
              : nullptr) {
    Out.insert(Invoked->After, Invoked->After.Offset, ", " + Text, Group);
    includes(Threaded.Answer, Invoked->After.File);
    return captures(Threaded.Answer, Group);
  }
  if (Call.Style == ArgumentStyle::NeedsParentheses)
    Text = "(" + Text + ")";
  listed(Call.Callee, Call.Arguments,
         Call.HasArguments && Call.Style != ArgumentStyle::NeedsParentheses,
         Text, Group);
  includes(Threaded.Answer, Call.Arguments.File);
  captures(Threaded.Answer, Group);
}

/// Adds \p Text to the arguments between the parentheses of a call.
void ContextEdits::listed(SymbolIndex Callee, const Span &Arguments,
                          bool Others, std::string Text, unsigned Group) {
  if (Others && last(Callee))
    return Out.insert(Arguments, Arguments.end(), ", " + Text, Group);
  if (Others)
    Text += ", ";
  Out.insert(Arguments, Arguments.Offset, std::move(Text), Group);
}

void ContextEdits::argument(const ThreadedMacroCall &Threaded, unsigned Group) {
  const MacroCallFact &Call = *Threaded.Call;
  listed(Call.Callee, Call.Arguments, Call.HasArguments,
         Threaded.Answer.Expression, Group);
  includes(Threaded.Answer, Call.Arguments.File);
}

void ContextEdits::captures(const ContextAnswer &Answer, unsigned Group) {
  for (const AddedCapture &Capture : Answer.Captures) {
    const LambdaFact &L = *Capture.Lambda;
    bool Others = L.HasCaptures || L.Default != CaptureDefault::None;
    Out.insert(L.Introducer, L.Introducer.end() - 1,
               (Others ? ", " : "") + Capture.Text, Group);
  }
}

void ContextEdits::includes(const ContextAnswer &Answer, FileIndex File) {
  if (Answer.From == ContextAnswer::Source::Inline)
    Out.include(File, AmbientHeader.str());
}

/// A main names its context for the macros that are expanded in it, behind the
/// ProcessContext, which may be there or is inserted by processContext().
void ContextEdits::processLocal(Span Body, unsigned Group) {
  for (const BodyFact *Main : editableMains(P)) {
    if (Main->Body != Body)
      continue;
    std::string Process = processVariable(P, Main->Function, Body);
    std::string Local = "const " + How.ContextType + "& " + How.ContextName +
                        " = " + Process + ".context();";
    for (const ProcessContextFact &Known :
         P.of<ProcessContextFact>(Main->Function))
      if (Body.contains(Known.Place))
        return Out.add({Known.Place,
                        {Piece::lineBreak(), Piece::text(std::move(Local))},
                        false,
                        {},
                        /*Behind=*/true},
                       Group);
    Out.insert(Body, Body.Offset + 1,
               {Piece::bodyBreak(), Piece::text(std::move(Local))}, Group);
  }
}

void ContextEdits::local(Span Body, ContextAnswer::Source From,
                         unsigned Group) {
  if (From == ContextAnswer::Source::Process)
    return processLocal(Body, Group);
  bool Ambient = From == ContextAnswer::Source::Ambient;
  std::string Value = Ambient ? AmbientExpression.str() : How.RootContext;
  Out.insert(
      Body, Body.Offset + 1,
      {Piece::bodyBreak(), Piece::text("const " + How.ContextType + " " +
                                       How.ContextName + " = " + Value + ";")},
      Group);
  if (Ambient)
    Out.include(Body.File, AmbientHeader.str());
}

void ContextEdits::member(SymbolIndex Record, const std::string &Name,
                          llvm::ArrayRef<SymbolIndex> Constructors,
                          unsigned Group) {
  const auto &Site = *P.one<RecordSiteFact>(Record);
  std::string Declaration = How.ContextType + " " + Name + ";";
  // First, so that the initialisers of other members can use it.
  if (Site.Member.valid() && Site.OwnLine)
    Out.insert(Site.Member, Site.Member.Offset,
               {Piece::text(Declaration), Piece::lineBreak()}, Group);
  else if (Site.Member.valid())
    Out.insert(Site.Member, Site.Member.Offset, Declaration + " ", Group);
  else
    Out.insert(Site.Body, Site.Body.end() - 1,
               {Piece::lineBreak(), Piece::text("private:"), Piece::lineBreak(),
                Piece::text("  " + Declaration), Piece::lineBreak()},
               Group);
  Out.include(Site.Body.File, How.ContextHeader);
  std::string Value = Name + "(" + How.ContextName + ")";
  for (SymbolIndex Constructor : Constructors) {
    const auto *Init = P.one<ConstructorSiteFact>(Constructor);
    if (!Init || Init->Where == InitialiserPlace::Delegates)
      continue;
    std::string Text = Init->Where == InitialiserPlace::Alone
                           ? ": " + Value + " "
                       : Init->Where == InitialiserPlace::Before ? Value + ", "
                                                                 : ", " + Value;
    Out.insert(Init->Place, Init->Place.Offset, Text, Group);
  }
}

void ContextEdits::processContext(unsigned Group) {
  for (const BodyFact *Main : editableMains(P)) {
    bool Known = llvm::any_of(
        P.of<ProcessContextFact>(Main->Function),
        [&](const auto &Fact) { return Main->Body.contains(Fact.Place); });
    if (Known)
      continue;
    std::string Name = processVariable(P, Main->Function, Main->Body);
    Out.insert(Main->Body, Main->Body.Offset + 1,
               {Piece::bodyBreak(),
                Piece::text("const isolation::ProcessContext " + Name + ";")},
               Group);
    Out.include(Main->Body.File, ProcessHeader);
  }
  std::set<FileIndex> Known;
  for (const ProcessContextFact &Fact : P.all<ProcessContextFact>())
    if (Fact.Function == NoSymbol)
      Known.insert(Fact.Place.File);
  for (const BodyFact *Made : madeMains(P)) {
    const Span &Main = Made->Body;
    if (Known.count(Main.File))
      continue;
    Out.insert(Main, Main.Offset,
               {Piece::text(std::string(MainContext) + StaticContext),
                Piece::lineBreak(), Piece::lineBreak()},
               Group);
    Out.include(Main.File, ProcessHeader);
  }
  for (FileIndex File : testsOfForeignMain(P)) {
    if (Known.count(File))
      continue;
    // At the end no namespace is open, and all such files say it alike.
    Span End;
    End.File = File;
    End.Offset = P.file(File).Size;
    Out.insert(End, End.Offset,
               {Piece::lineBreak(),
                Piece::text(std::string(TestContext) + StaticContext),
                Piece::lineBreak()},
               Group);
    Out.include(File, ProcessHeader);
  }
}

bool unsingleton::hasEditableMain(const Program &P) {
  return !editableMains(P).empty() || !madeMains(P).empty() ||
         !testsOfForeignMain(P).empty();
}
