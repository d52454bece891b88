#!/usr/bin/env python3
"""odd_code.py DIR: writes units that are unfinished, ill-formed, endless or merely odd.

Nothing is to be found in most of them; none may stop the tool or make it hang.
"""
import os
import sys

CASES = {
'empty.cpp':'', 'only_comment.cpp':'// nothing', 'newline.cpp':'\n\n', 'nul.cpp':'int a;\0int b;\n', 'bom.cpp':'\ufeffstruct S{int n;}; S &s() { static S x; x.n=1; return x; }\n',
'missing_include.cpp':'#include "nowhere.h"\nstruct S{int n;}; S &s() { static S x; x.n = 1; return x; }\nUnknown &u() { static Unknown x; return x; }\n',
'unfinished.cpp':'struct S { int n; static S &get() { static S x; return x;',
'unfinished2.cpp':'namespace a { class B : public C { static B *instance_; B() { instance_ = this; ',
'unfinished3.cpp':'static int x = ', 'unfinished4.cpp':'auto &f() { static auto x = [', 'unfinished5.cpp':'template <class T> T &get() { static T x; return',
'badtype.cpp':'static std::map<int, Foo> m; Foo &get(int k) { return m[k]; } Foo *p; Foo *q() { if (!p) p = new Foo; return p; }',
'badbase.cpp':'struct D : Undefined<int> { int n; static D &i() { static D d; return d; } }; void f() { D::i().n = 3; }',
'incomplete.cpp':'class F; F &f() { static F x; return x; } static F g; F *h() { return &g; } extern F e; F &ee() { return e; } struct H { F m; static H &i() { static H h; return h; } };',
'recursive.cpp':'template <int N> struct R { R<N-1> r; static R &get() { static R x; return x; } }; template <> struct R<0> {}; void f() { R<600>::get(); }',
'infinite.cpp':'template <int N> struct R { typedef typename R<N+1>::t t; static R &get() { static R x; return x; } }; R<0>::t v;',
'infinite2.cpp':'template <class T> struct W {}; template <class T> int &deep(T) { static int n; deep(W<T>()); return n; } void f() { deep(1)++; }',
'selfbase.cpp':'struct A : A { int n; }; A a; struct B; struct B : B {}; template <class T> struct C : C<T*> { static C &g() { static C c; return c; } }; C<int> c;',
'cycle.cpp':'struct B; struct A { B *b; void f(); int n; }; struct B { A *a; void f() { a->f(); } }; void A::f() { b->f(); ++n; } A &g() { static A a; return a; } A &h(); A &i() { return h(); } A &h() { return i(); }',
'selfinit.cpp':'int &r = r; int x = x + 1; struct S { S *s; }; S s = {&s}; S &g() { static S t = {&t}; return t; } auto f = [](auto self) -> int { return self(self); }; int z = f(f); int &q() { static int &v = q(); return v; }',
'hugearray.cpp':'static int big[1u<<28]; int *get() { big[3] = 1; return big; } static char huge[1ull<<40]; char *h() { return huge; } int init[100000] = {1,2,3}; int g(int i) { return init[i]; }',
'manyinit.cpp':'static int t[] = {'+','.join(map(str,range(60000)))+'}; int f(int i) { return t[i]; }',
'manystr.cpp':'static const char *t[] = {'+','.join('"s%d"'%i for i in range(30000))+'}; const char *f(int i) { return t[i]; }',
'deepexpr.cpp':'int f(int a) { static int n; n = '+'('*200+'a'+')'*200+'; return n; }',
'longsum.cpp':'int f(int a) { static int n; n = '+'+'.join(['a']*3000)+'; return n; }',
'longelse.cpp':'int f(int a) { static int n; '+' else '.join('if (a == %d) n = %d;'%(i,i) for i in range(800))+' return n; }',
'deepblock.cpp':'int f() { static int n; '+'{'*200+'++n;'+'}'*200+' return n; }',
'deepns.cpp':''.join('namespace n%d {'%i for i in range(200))+'int &g() { static int x; ++x; return x; }'+'}'*200,
'deepcall.cpp':'int x;'+''.join('void f%d(int &r);'%i for i in range(1500))+''.join('void f%d(int &r) { f%d(r); }'%(i,i+1) for i in range(1499))+'void f1499(int &r) { r = 1; } void go() { f0(x); }',
'chain.cpp':'struct S { S &a() { return *this; } int n; }; S &g() { static S s; return s; } void f() { g()'+'.a()'*400+'.n = 1; }',
'derived.cpp':'struct D0 { int n; };'+''.join('struct D%d : D%d {};'%(i,i-1) for i in range(1,500))+'D499 &g() { static D499 d; return d; } void f() { g().n = 1; }',
'diamond.cpp':'struct A0 { int n; };'+''.join('struct L%d : virtual A%d {}; struct R%d : virtual A%d {}; struct A%d : L%d, R%d {};'%(i,i-1,i,i-1,i,i,i) for i in range(1,10))+'A9 &g() { static A9 d; return d; } void f() { g().n = 1; }',
'diamond2.cpp':''.join('struct M%d { %s };'%(i, 'int n;' if i==0 else 'M%d a; M%d b[2];'%(i-1,i-1)) for i in range(12))+'M11 &g() { static M11 d; return d; } void f() { g().a.b[1].a.a.a.a.a.a.a.a.b[0].n = 1; }',
'goto.cpp':'int &f() { static int n; again: if (n++ < 3) goto again; void *l = &&again; goto *l; return n; }',
'asm.cpp':'int &f() { static int n; asm("incl %0" : "+m"(n)); return n; } static int g asm("gg"); int *h() { return &g; }',
'stmtexpr.cpp':'int &f() { static int *p = ({ static int q; &q; }); return *p; } int &g() { return *({ static int n; n++; &n; }); }',
'blocks.cpp':'int f(int n) { int a[n]; static int (*p)[3]; return sizeof(a) + (p ? 1 : 0); } struct { int x; } anon, *panon = &anon; auto &ga() { return anon; }',
'kr.cpp':'int f(a) int a; { static int n; return n++; }',
'vla.cpp':'int *f(int n) { static int s; int a[n][n]; a[0][0] = s++; return &s; }',
'complex.cpp':'_Complex double &c() { static _Complex double z; __real__ z = 3; return z; } typedef int v4 __attribute__((vector_size(16))); v4 &v() { static v4 x; x[1] = 3; return x; }',
'objc.cpp':'int f() { static int $x = 3; static int \u00e9t\u00e9 = 4; \u00e9t\u00e9++; return $x + \u00e9t\u00e9; }',
'trigraph.cpp':'??=define X 1\nint f() { static int n<:3:> = <%1%>; return n<:0:>++; }',
'concept.cpp':'template <class T> concept K = requires(T t) { t.x; { T::get() } -> K2; }; template <K T> T &f() { static T t; return t; } template <class T> requires K<T> struct Z { static inline T t; };',
'coro.cpp':'#include <coroutine>\nstruct Task { struct promise_type { Task get_return_object() { return {}; } std::suspend_never initial_suspend() { return {}; } std::suspend_never final_suspend() noexcept { return {}; } void return_void() {} void unhandled_exception() {} }; }; Task t() { static int n; ++n; co_return; } int &cur() { static int n; return n; } Task u() { cur()++; co_await std::suspend_always{}; } Task bad() { co_await 3; co_yield nothing; }',
'dependent_holders.cpp':'#include <atomic>\n#include <memory>\n#include <optional>\ntemplate <class T> T take(std::atomic<T> &a, std::unique_ptr<T> b, std::optional<T> *c) { return a.load(); } template <class T> struct Box { std::atomic<T> v; void f() { take(v, std::unique_ptr<T>(), nullptr); take<T>(v, nullptr, nullptr); } };',
'module.cpp':'export module m; export int &f() { static int n; ++n; return n; }',
'badpp.cpp':'#if 1\n#define A(x) x ## ##\n#include\n#else\nint &f() { static int n; return n; }\n#include "badpp.cpp"\n',
'selfinclude.cpp':'#include "selfinclude.cpp"\nint &f() { static int n; ++n; return n; }',
'selfinclude2.cpp':'#pragma once\n#include "selfinclude2.cpp"\nint &f() { static int n; ++n; return n; }',
'errordirective.cpp':'#error no\nint &f() { static int n; ++n; return n; }',
'fold.cpp':'template <class... T> auto &all() { static std::tuple<T...> t; ((std::get<T>(t) = T{}), ...); return t; } template <class... T> struct V : T... { using T::operator()...; static V &g() { static V v{}; return v; } }; template <class... T> V(T...) -> V<T...>;',
'ctad.cpp':'template <class T> struct B { T t; B(T); }; B &x() { static B b(3); return b; } auto &y() { static B b{3}; b.t = 4; return b; } decltype(auto) z() { static B b{3}; return (b); } B w = w;',
'friends.cpp':'template <class T> struct F { friend F &get(F *) { static F f; return f; } template <class U> friend U &other() { static U u; return u; } friend struct Nope; };  F<int> f; void g() { get(&f); other<int>(); }',
'dtor.cpp':'struct S { ~S() = delete; static S &g() { static S &s = *new S; return s; } void operator delete(void *) = delete; }; union U { S s; int n; U(); }; U &u() { static U u; u.n = 1; return u; }',
'static_op.cpp':'struct S { static int operator()(int n) { static int k; return k += n; } static int operator[](int n) { static int k; return k += n; } int f(this S &self) { static S s; return sizeof(s); } }; int f() { return S()(1) + S()[1]; }',
'deducing.cpp':'struct S { int n; template <class Self> auto &&get(this Self &&self) { return self.n; } static S &i() { static S s; return s; } }; void f() { S::i().get() = 3; }',
'ifconsteval.cpp':'constexpr int f() { if consteval { return 1; } else { static int n = 0; return ++n; } } static_assert(f() == 1); constinit thread_local int t = 3; int &tt() { return t; }',
'structbind.cpp':'struct P { int a, b; }; static auto [x, y] = P{1, 2}; int &fx() { return x; } void w() { x = 3; static auto [p, q] = P{1,2}; q++; }',
'structbind_bad.cpp':'static auto [x, y] = nothing(); int &fx() { return x; } void w() { x = 3; }',
'attr.cpp':'[[clang::annotate("isolation::process_wide", 1, "x", nope)]] int &f() { static int n; return n; } [[clang::annotate("isolation::process_wide")]] [[clang::annotate("")]] static int g; int &h() { return g; }',
'ext.cpp':'extern "C" { struct S { int n; }; extern struct S s; struct S *g(void) { return &s; } namespace x { static S t; S *h() { t.n = 1; return &t; } } } extern "C++" template <class T> T &k() { static T t; return t; }',
'macros.cpp':'#define A(n) B(n)\n#define B(n) static int n; int &get_##n() { return n; }\n#define C(...) __VA_ARGS__\nA(x) C(A(y) A(z)) C(C(C(B(w))))\n#define D C(\nD int q; int &gq() { return q; } )\n_Pragma("once") int &__COUNTER__get(){ static int n = __LINE__; return n; }\n#define CAT(a,b) a##b\n#define U(l) CAT(v,l)\nstatic int U(__COUNTER__), U(__COUNTER__); void f() { v0 = v1++; }',
'line.cpp':'#line 1000000000 "nowhere/else.h"\nint &f() { static int n; ++n; return n; }\n#line 5 ""\nint &g() { static int n; ++n; return n; }\n# 3 "/usr/include/stdio.h" 1 3 4\nint &h() { static int n; ++n; return n; }\n',
'dup.cpp':'int &f() { static int n; return n; } int &f() { static int n; return n; } int g; int g; float g; struct S { static int x; static int x; }; int S::x; int S::x = 3; int *S::y;',
'ambig.cpp':'namespace a { int x; } namespace b { int x; } using namespace a; using namespace b; int &f() { return x; } void g() { x = 1; a::x = 2; }',
'overl.cpp':'struct S { S *operator->(); S &operator*(); S *operator&(); S &operator,(S &); S &operator=(S &); int n; }; S &g() { static S s; return *s, s; } S *h() { static S s; return &s; } void f() { g()->n = 1; }',
'arrowchain.cpp':'struct E { int n; }; struct D { E *operator->() { static E e; return &e; } }; struct C { D operator->() { return {}; } }; C &c() { static C x; return x; } void f() { c()->n = 1; }',
'convrec.cpp':'struct A; struct B { operator A&(); }; struct A { operator B&() { static B b; return b; } }; B::operator A&() { static A a; return a; } void f(A &a) { B &b = a; A &c = b; }',
'retself.cpp':'auto f() { return f; } auto &g() { static auto x = g(); return x; } auto h = h;',
'lambdarec.cpp':'#include <functional>\nstd::function<int()> f = [] { return f(); }; auto g = [](auto g) { static int n; return n++ ? 1 : g(g); }; int h = g(g); auto d = [] { return [] { return [] { static int n; return &n; }; }; }; void w() { *d()()() = 3; }',
'ptrmem.cpp':'struct S { int a; int f(); static int S::*p; }; int S::*S::p = &S::a; int (S::*q)() = &S::f; int S::*&g() { return S::p; } S &s() { static S s; return s; } void h() { s().*g() = 1; (s().*q)(); }',
'enumfwd.cpp':'enum E : int; E &e() { static E x; return x; } enum E : int { A }; void f() { e() = A; }',
'bitint.cpp':'_BitInt(333) &b() { static _BitInt(333) x; ++x; return x; } char8_t *c() { static char8_t x[3]; return x; } decltype(nullptr) &n() { static decltype(nullptr) x; x = nullptr; return x; }',
'nothrownew.cpp':'struct S { void *operator new(unsigned long); static S *i() { static S *s = new S; return s; } int n; }; void f() { S::i()->n = ::new (S::i()) S == nullptr; delete S::i(); }',
'tentative.cpp':'extern int a[]; int a[5]; int *f() { return a; } extern int b[]; void g() { b[3] = 1; } static int c[]; ',
'thread.cpp':'__thread int a; extern __thread int b; int &f() { return a; } int &g() { return b; } struct S { static thread_local S *s; S() { s = this; } }; thread_local S *S::s;',
'weak.cpp':'__attribute__((weak)) int a; int b __attribute__((alias("a"))); int &f() { return a; } int &g() { return b; } void h() { a = 1; }',
'goodbut.cpp':'int &f() { static int n; ++n; return n; } void g() { undefined_function(f()); f().nope(); f() = "x"; f()(); new (f()) Nope; throw Nope(f()); }',
'defaultarg.cpp':'int &f() { static int n; return n; } void g(int &x = f(), int y = f() = 3, int z = [] { static int k; return ++k; }()); void h() { g(); } struct S { int m = f()++; int q = nope(f()); }; S s;',
'tryfn.cpp':'struct S { int n; S() try : n(f()) {} catch (...) { f() = 3; } static int &f() { static int k; return k; } }; S s;',
'switchdecl.cpp':'int &f(int k) { switch (k) { case 0: static int n; return n; case 1 ... 5: { static int m; return m; } default:; } static int z; return ++z; }',
'rangeinit.cpp':'struct V { int *begin(); int *end(); int d[3]; }; V &v() { static V x; return x; } void f() { for (auto &g = v(); int &i : g) i = 1; if (auto &g = v(); g.d[0]) g.d[1] = 2; for (int i : nope()) v().d[i] = 1; }',
'ctrl.cpp':'int &f() { static int n; return n; }\r\nvoid g() { f() = 1; }\r\n\x0c\x0bint &h() { static int n;\r return n; }\x1a',
'longline.cpp':'/*'+'x'*200000+'*/ int &f() { static int n; ++n; return n; }',
'longname.cpp':'int &'+'f'*20000+'() { static int '+'n'*20000+'; return ++'+'n'*20000+'; }',
'manyfn.cpp':''.join('int &f%d() { static int n; ++n; return n; }\n'%i for i in range(2000)),
'manyuse.cpp':'struct S { int n; void a() { ++n; } }; S &g() { static S s; return s; }\n'+''.join('void f%d() { g().a(); }\n'%i for i in range(3000)),
'manytypes.cpp':'template <class T> T &g() { static T t; return t; }\n'+''.join('struct S%d { int n; }; void f%d() { g<S%d>().n = 1; }\n'%(i,i,i) for i in range(1000)),
'recfn.cpp':'struct S { int n; }; S &g() { static S s; return s; } void a(S &s); void b(S &s) { a(s); } void a(S &s) { b(s); } void f() { a(g()); } S &h(int n) { return n ? h(n - 1) : g(); } S *x(S *s) { return x(s); } void k() { x(&g())->n = 1; }',
'aliasloop.cpp':'int *p, *q; int *&f() { return p; } int *&g() { return q; } void h() { p = q; q = p; int *&a = p; int *&b = a; a = b; *a = 1; auto &c = c; c = 1; int &d = d; ++d; }',
}


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, text in CASES.items():
        with open(os.path.join(sys.argv[1], name), "w", encoding="utf-8", newline="") as out:
            out.write(text)


if __name__ == "__main__":
    main()
