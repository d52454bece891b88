//===- Facts.h - What one translation unit says -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary shared by every stage after extract. Each fact is a small
// value that refers to entities by symbol (a USR, see SymbolName.h) and to text
// by Span; linking is the set union of facts.
//
// For that union not to depend on which units were seen, two rules hold:
//  - a fact about a declaration says only what every unit that sees the
//    declaration says alike;
//  - what is learned from a function's body is a fact of its own (CallFact,
//    StatementFact, …), never a field of a declaration's fact, because the
//    body ledger lets only one unit read the body.
//
// Each struct lists its symbols and spans in `references`, from which linking
// renumbers them; a new field of type SymbolIndex, FileIndex or Span must be
// added there.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_FACTS_H
#define UNSINGLETON_CHECKS_FACTS_FACTS_H

#include "checks/facts/Span.h"
#include <string>

namespace unsingleton {

/// Visits every symbol and span of a fact: `R(SymbolIndex &)`, `R(Span &)`.
#define UNSINGLETON_REFERENCES(...)                                            \
  template <class Visitor> void references(Visitor &&Visit) {                  \
    forEachReference(Visit, __VA_ARGS__);                                      \
  }
template <class Visitor, class... Refs>
void forEachReference(Visitor &&Visit, Refs &...References) {
  (Visit(References), ...);
}

struct FileFact {
  std::string Path;   ///< real path
  std::string Digest; ///< of the bytes that the compiler read
  uint32_t Size = 0;
  bool Ours = false; ///< under the root, not a system header, not generated
  auto operator<=>(const FileFact &) const = default;
};

//===-- Declarations
//-------------------------------------------------------===//

enum class FunctionKind : uint8_t {
  Free,
  Method,
  StaticMethod,
  Constructor,
  Destructor,
  Operator,
  Conversion,
  Main,
};

/// A function declared in user code (not in a system header).
struct FunctionFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Record = NoSymbol; ///< the class of a member
  std::string Name;
  std::string QualifiedName;
  std::string ReturnType;
  FunctionKind Kind = FunctionKind::Free;
  bool ExternC = false;
  bool Template = false;
  bool InternalLinkage = false;
  bool Private = false; ///< only its class and friends can call it
  /// Runs once, before main: `__attribute__((constructor))`.
  bool Startup = false;
  bool Virtual = false;
  bool Const = false;            ///< a const method
  bool OverridesForeign = false; ///< overrides a method of a system header
  bool Test = false;             ///< the body of a gtest TEST
  bool Variadic = false;
  bool ProcessWide = false; ///< annotated isolation::process_wide
  /// Annotated isolation::request_entry, or a public method of such a class.
  bool RequestEntry = false;
  bool TakesContext = false; ///< a parameter is a context, or yields one
  auto operator<=>(const FunctionFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Record)
};

/// `Function` overrides `Overridden`; both are user code.
struct OverrideFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Overridden = NoSymbol;
  auto operator<=>(const OverrideFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Overridden)
};

/// `Function` overrides, directly or not, the method of that qualified name,
/// which a system header declares.
struct ForeignOverrideFact {
  SymbolIndex Function = NoSymbol;
  std::string Overridden;
  auto operator<=>(const ForeignOverrideFact &) const = default;
  UNSINGLETON_REFERENCES(Function)
};

/// One declaration of a function, as spelled.
struct FunctionSiteFact {
  SymbolIndex Function = NoSymbol;
  Span Name;
  Span Parameters; ///< between the parentheses; `(void)` counts as empty
  Span Whole;
  bool HasParameters = false;
  bool Definition = false;
  bool Friend = false;
  Editability State = Editability::Editable;
  std::string Macro; ///< when State is MacroBody
  auto operator<=>(const FunctionSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Name, Parameters, Whole)
};

enum class StorageKind : uint8_t {
  FunctionLocal,
  Namespace,
  ClassStatic,
  Library, ///< the object that a library's holder owns without a variable
};

/// How a variable holds the object it stands for.
enum class Holder : uint8_t {
  Value,
  Reference,
  RawPointer,
  UniquePtr,
  SharedPtr,
  Optional,
  AtomicPointer,
  SmartPtr, ///< any other class with an operator-> that leads to its argument
  Library,  ///< a library's holder, see LibraryHolder.h
};

/// A variable of static or thread storage duration in user code.
struct StorageFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< of a function-local static
  SymbolIndex Record = NoSymbol;   ///< of a static data member
  std::string Name;
  std::string QualifiedName;
  std::string Type;
  std::string Library; ///< the holder or macro of a library behind it, or ""
  StorageKind Kind = StorageKind::Namespace;
  Holder How = Holder::Value;
  bool ThreadLocal = false;
  bool InternalLinkage = false;
  bool ObjectConst = false;     ///< the object cannot be changed through it
  bool Template = false;        ///< one per instantiation
  bool Synchronisation = false; ///< a mutex, once_flag, condition variable …
  bool ProcessWide = false;     ///< annotated isolation::process_wide
  auto operator<=>(const StorageFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Record)
};

/// Where code of the project mentions an object that a library's holder owns,
/// or the expansion of the library's macro that declares `Storage`.
enum class LibraryMention : uint8_t {
  Variable, ///< that registers it, or of the holder's own
  Base,     ///< of a class
  Alias,    ///< a name for the holder
  Use,      ///< it is handed out
  Macro,
};
struct LibraryMentionFact {
  SymbolIndex Storage = NoSymbol;
  LibraryMention What = LibraryMention::Use;
  Span Place;
  SymbolIndex By = NoSymbol; ///< the variable, class, or using function
  auto operator<=>(const LibraryMentionFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, By, Place)
};

/// The type of the object behind a storage: a relation, since the storage of a
/// template has one per instantiation.
struct StorageObjectFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Record = NoSymbol; ///< NoSymbol where it is no class of user code
  std::string Type;
  std::string Resource; ///< what a process has once (thread, file …), or ""
  bool Mutable = true;  ///< false for a type without any state
  bool Carried = false; ///< the storage is a number that a pointer to it is in
  auto operator<=>(const StorageObjectFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Record)
};

/// What `Accessor`, of a template of user code, hands out for one set of the
/// template's arguments is the object that has the symbol `Object`: see
/// OwnHolder.h.
struct HolderObjectFact {
  SymbolIndex Object = NoSymbol;
  SymbolIndex Accessor = NoSymbol;
  auto operator<=>(const HolderObjectFact &) const = default;
  UNSINGLETON_REFERENCES(Object, Accessor)
};

/// A static variable, or a member of a class, is initialised with what
/// `Accessor` returned, or with something reached through that.
struct AliasFact {
  SymbolIndex Alias = NoSymbol;  ///< the storage, or the field
  SymbolIndex Record = NoSymbol; ///< the class of a field
  SymbolIndex Accessor = NoSymbol;
  bool Copy = false; ///< of the object, not a way to it
  Span Place;        ///< of the accessor's name
  auto operator<=>(const AliasFact &) const = default;
  UNSINGLETON_REFERENCES(Alias, Record, Accessor, Place)
};

enum class InitStyle : uint8_t { None, Parentheses, Braces, Equals };

/// One declaration of a storage, as spelled.
struct StorageSiteFact {
  SymbolIndex Storage = NoSymbol;
  Span Name;
  Span Whole;  ///< with its semicolon
  Span Object; ///< the object's type as spelled (`X` of `unique_ptr<X> p`)
  Span Type;   ///< the variable's type as spelled
  Span Init;   ///< the initialiser with its parentheses or braces, without `=`
  std::string ObjectText; ///< the object's type where it is not spelled (auto)
  InitStyle Style = InitStyle::None;
  bool Definition = false;
  bool Alone = true;       ///< not one of several declarators
  bool UsesLocals = false; ///< the initialiser mentions parameters or locals
  /// It begins with nothing in it: a null pointer, an empty container.
  bool Empty = false;
  bool Constant = false; ///< and stays as it begins
  Editability State = Editability::Editable;
  std::string Macro;
  auto operator<=>(const StorageSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Name, Whole, Object, Type, Init)
};

//===-- Records
//------------------------------------------------------------===//

/// A class defined in user code.
struct RecordFact {
  SymbolIndex Record = NoSymbol;
  std::string QualifiedName;
  bool Template = false;
  bool ProcessWide = false;
  bool Abstract = false;
  auto operator<=>(const RecordFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// A non-static data member, or a base class (then `Name` is empty).
struct FieldFact {
  SymbolIndex Record = NoSymbol;
  SymbolIndex Field = NoSymbol;
  SymbolIndex Owned = NoSymbol; ///< user class it holds by value or owns
  std::string Name;
  std::string Type;
  std::string Resource; ///< what a process has once (thread, socket …), or ""
  bool Base = false;
  bool Const = false;
  bool MutableKeyword = false;
  bool Synchronisation = false;
  bool State = true; ///< false for a base or member of user class: see Owned
  Span Place;
  auto operator<=>(const FieldFact &) const = default;
  UNSINGLETON_REFERENCES(Record, Field, Owned, Place)
};

//===-- Bodies
//-------------------------------------------------------------===//

/// Where in the program an expression stands.
enum class Surroundings : uint8_t {
  Body,
  StaticInitialiser, ///< of a namespace-scope or static-member variable
  LocalStatic,       ///< of a function-local static
  DefaultArgument,
  MemberInitialiser, ///< default member initialiser
};

enum class CallKind : uint8_t {
  Call,
  Construct,   ///< `T(a)`, `T x{a}`, `new T(a)`, `: base(a)`
  Forwarded,   ///< `make_unique<T>(a)`, `emplace_back(a)`: arguments go to a T
  Implicit,    ///< construction that no syntax shows
  Mention,     ///< named without being called: address, member pointer
  Declaration, ///< `using ns::f;`
};

/// Where and how the arguments of a construction are spelled.
enum class ArgumentStyle : uint8_t { Listed, NeedsParentheses };

/// A function is called, constructs an object, or is named.
struct CallFact {
  SymbolIndex Caller = NoSymbol; ///< innermost named function, if any
  SymbolIndex Callee = NoSymbol;
  SymbolIndex Variable = NoSymbol; ///< whose initialiser it stands in
  /// The storage whose null test, or `call_once`, lets a private or file-local
  /// callee run for the first time only, if any.
  SymbolIndex Guard = NoSymbol;
  Span Whole;
  Span Name;      ///< the callee's name (the type's, for a construction)
  Span Arguments; ///< between the parentheses
  CallKind Kind = CallKind::Call;
  ArgumentStyle Style = ArgumentStyle::Listed;
  Surroundings Where = Surroundings::Body;
  bool HasArguments = false;
  bool Unevaluated = false;
  bool OnThis = false; ///< of the caller's own object, while the caller runs
  Editability State = Editability::Editable;
  std::string Macro;
  auto operator<=>(const CallFact &) const = default;
  UNSINGLETON_REFERENCES(Caller, Callee, Variable, Guard, Whole, Name,
                         Arguments)
};

/// A call in a template whose callee only its instantiations know: one of the
/// candidates that the template sees, or anything of that name.
struct DependentCallFact {
  SymbolIndex Caller = NoSymbol;
  SymbolIndex Candidate = NoSymbol;
  std::string Name;
  bool Member = false; ///< without a candidate: of some class, not free
  Span Whole;
  auto operator<=>(const DependentCallFact &) const = default;
  UNSINGLETON_REFERENCES(Caller, Candidate, Whole)
};

/// A place where something callable can be kept until it is called: a member or
/// a static variable (a `std::function`, a function pointer, a container of
/// them), a parameter, or what a function returns (then it is that function).
struct SlotFact {
  SymbolIndex Slot = NoSymbol;
  std::string Name;       ///< of the member or variable, or of the function
  uint32_t Parameter = 0; ///< of that function, from 1; 0: no parameter
  auto operator<=>(const SlotFact &) const = default;
  UNSINGLETON_REFERENCES(Slot)
};

/// `Function` puts something callable into `Slot`:
///
///     on_request_ = &handle;                  Callable is handle
///     on_request_ = [this] { poll(); };       Lambda is where it is written
///     handlers_.push_back(std::move(given));  Callable is a slot itself
///
/// Without a `Slot` it is an object with a call operator that `Function` hands
/// to code which is not ours (`std::thread(Worker{})`).
struct StoredCallableFact {
  SymbolIndex Slot = NoSymbol;
  SymbolIndex Callable = NoSymbol; ///< NoSymbol: a lambda
  SymbolIndex Function = NoSymbol; ///< NoSymbol: an initialiser does it
  Span Lambda;
  Span Place;
  auto operator<=>(const StoredCallableFact &) const = default;
  UNSINGLETON_REFERENCES(Slot, Callable, Function, Lambda, Place)
};

/// `Function` calls what `Slot` holds, or hands it to code that may.
struct SlotCallFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Slot = NoSymbol;
  Span Place;
  auto operator<=>(const SlotCallFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Slot, Place)
};

enum class CaptureDefault : uint8_t { None, Copy, Reference };

struct LambdaFact {
  SymbolIndex Function = NoSymbol; ///< the named function it is written in
  Span Introducer;                 ///< `[…]` with its brackets
  Span Whole;
  CaptureDefault Default = CaptureDefault::None;
  bool HasCaptures = false; ///< explicit ones
  bool CapturesThis = false;
  bool ToFunctionPointer = false;
  bool Once = false;               ///< given to call_once
  SymbolIndex StoredIn = NoSymbol; ///< a storage that it is assigned to
  bool Escapes = true;  ///< may live longer than the call it is written in
  std::string Captured; ///< names of explicit captures, each followed by ','
  Editability State = Editability::Editable;
  auto operator<=>(const LambdaFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Introducer, Whole, StoredIn)
};

/// A variable from which a context can be had: one of the context's type, or of
/// a class with a method that yields one.
struct ContextSourceFact {
  SymbolIndex Function = NoSymbol;
  std::string Variable;
  std::string Expression; ///< `user_context`, `request.user_context()`
  bool Direct = false;    ///< the variable itself is a context
  bool Parameter = false;
  Span Visible; ///< from after its declarator to the end of its scope
  auto operator<=>(const ContextSourceFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Visible)
};

/// A data member from which the methods of `Record` can have a context.
struct ContextMemberFact {
  SymbolIndex Record = NoSymbol;
  std::string Expression;
  bool Direct = false;
  auto operator<=>(const ContextMemberFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// A function body, as parsed.
struct BodyFact {
  SymbolIndex Function = NoSymbol;
  Span Body; ///< with its braces
  bool Coroutine = false;
  bool StaticContext = false; ///< no `this`
  auto operator<=>(const BodyFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Body)
};

//===-- Access
//-------------------------------------------------------------===//

/// What an expression built on a storage denotes.
enum class Yield : uint8_t { Object, Pointer, Handle };

/// A return statement of `Function` that hands out access to `Storage`.
struct AccessFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  Yield What = Yield::Object;
  bool ByValue = false;     ///< returns a copy of the object: no access
  bool ConstObject = false; ///< what is handed out is const
  bool Interior = false; ///< a part of the object, an element, a handle on it
  bool Keyed = false;    ///< an element, chosen by an argument
  bool OutParameter = false; ///< through an argument; Statement assigns it
  /// Only if what this method returns is part of the object.
  SymbolIndex Provided = NoSymbol;
  /// What the element is chosen by where that tells users apart: the context,
  /// a session, the thread; or empty.
  std::string Selector;
  Span Statement;
  Span Value;
  auto operator<=>(const AccessFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Provided, Statement, Value)
};

enum class StatementKind : uint8_t {
  StorageDeclaration,
  NullCheck, ///< `if (!p) …` with nothing but protocol inside
  Lock,
  Once, ///< call_once with nothing but protocol inside
  Creation,
  LocalCopy,   ///< `T *t = p.load();`
  EarlyReturn, ///< `if (p) return *p;`
  Return,
  Other,
};

/// A statement at the top level of an accessor's body, in order.
struct StatementFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  uint32_t Order = 0;
  StatementKind Kind = StatementKind::Other;
  bool DoubleChecked = false; ///< a NullCheck with a lock and a check inside
  Span Whole;
  auto operator<=>(const StatementFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Whole)
};

/// A mutex or flag that the protocol of an accessor uses.
struct ProtocolUseFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Helper = NoSymbol;
  Span Place;
  auto operator<=>(const ProtocolUseFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Helper, Place)
};

enum class CreationForm : uint8_t {
  New,    ///< `new T(a)`, also inside a smart pointer's constructor
  Make,   ///< `make_unique<T>(a)`, `make_shared<T>(a)`
  Value,  ///< the storage's own initialiser, or `emplace(a)`
  Holder, ///< another expression of smart pointer type
  Opaque, ///< another expression of raw pointer type
};

/// An expression that makes the object of a storage.
struct CreationFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< NoSymbol: at namespace scope
  Span Whole;
  Span Type;      ///< of New: the type as spelled
  Span Arguments; ///< of New and Value: with parentheses or braces, if any
  CreationForm Form = CreationForm::Opaque;
  bool UsesLocals = false;
  auto operator<=>(const CreationFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Whole, Type, Arguments)
};

enum class UseForm : uint8_t {
  Object,  ///< the object itself: `g`, `*p`
  Arrow,   ///< `p->`; Place covers both tokens
  Test,    ///< a null test
  Clear,   ///< `p.reset()`, `p = nullptr`
  Delete,  ///< `delete p`; Value is the statement with its semicolon
  Replace, ///< `p = q`, `p.reset(q)`; Value is `q`
  Other,
};

/// A mention of a storage outside declarations.
struct StorageUseFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol;
  Span Place; ///< the expression to replace
  Span Value;
  UseForm Form = UseForm::Other;
  Surroundings Where = Surroundings::Body;
  Editability State = Editability::Editable;
  auto operator<=>(const StorageUseFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Place, Value)
};

/// What of an entity a WriteFact is about. A function stands for several
/// things; a field or a storage is always Whole. From Parameter on: the
/// parameter of that number, counted from zero.
enum class Part : uint8_t {
  Whole,  ///< the storage, the field, what the function returns
  This,   ///< the object that the method is called on
  Inside, ///< what is returned is part of the object or of an argument
  Parameter,
};
inline Part parameterPart(unsigned Index) {
  constexpr unsigned Last = 0xff - static_cast<unsigned>(Part::Parameter);
  return static_cast<Part>(static_cast<unsigned>(Part::Parameter) +
                           (Index < Last ? Index : Last));
}

/// A place where the state behind `Target` changes, or is handed to code that
/// may change it. What a call does is for its callee's body to say: the fact
/// then names the part of the callee that it holds for.
struct WriteFact {
  SymbolIndex Target = NoSymbol;
  Part Of = Part::Whole;
  SymbolIndex Function = NoSymbol; ///< whose body says so
  /// Only if this callee changes its part; NoSymbol: in any case.
  SymbolIndex Through = NoSymbol;
  Part ThroughPart = Part::Whole;
  /// Only if what this function returned is part of Target.
  SymbolIndex Provided = NoSymbol;
  /// The storage whose null test lets this happen once, if any.
  SymbolIndex Guard = NoSymbol;
  bool Construction = false; ///< before the state can be shared
  bool Escape = false;       ///< handed out rather than written
  bool Count = false;        ///< incremented or decremented
  bool Replace = false;      ///< the variable itself is assigned
  bool Self = false;         ///< and the value is `this`
  bool Injected = false;     ///< the value is given by a parameter
  bool Varies = false;       ///< the value depends on a parameter
  bool Later = false;        ///< in a lambda that may run after Function
  bool Fresh = false;        ///< the value is an object made for it: `new T`
  /// Through the value of a pointer, or as const: the variable that is named
  /// stays as it is.
  bool Beyond = false;
  Span Place;
  auto operator<=>(const WriteFact &) const = default;
  UNSINGLETON_REFERENCES(Target, Function, Through, Provided, Guard, Place)
};

/// Objects of a class are made other than as a storage's own.
struct InstanceFact {
  SymbolIndex Record = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< where; NoSymbol: at namespace scope
  auto operator<=>(const InstanceFact &) const = default;
  UNSINGLETON_REFERENCES(Record, Function)
};

/// A name that stands in the value which a write at `Place` stores.
struct WrittenNameFact {
  SymbolIndex Function = NoSymbol;
  Span Place; ///< that of the WriteFact
  std::string Name;
  Span Where;
  auto operator<=>(const WrittenNameFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Place, Where)
};

//===-- Text
//---------------------------------------------------------------===//

enum class SuppressionKind : uint8_t {
  Line,     ///< NOLINT
  NextLine, ///< NOLINTNEXTLINE
  Begin,    ///< NOLINTBEGIN
  End,      ///< NOLINTEND that closes no block
};

/// A directive that keeps checks silent, see SuppressionScan.h.
struct SuppressionFact {
  Span Covers; ///< where it keeps silent; invalid: nowhere
  Span Where;  ///< its word and its list
  /// The function or variable whose name a macro makes at `Covers`, while it is
  /// spelled in the directive's reach; NoSymbol: whatever is in that reach.
  SymbolIndex Entity = NoSymbol;
  SuppressionKind Kind = SuppressionKind::Line;
  bool Listed = false; ///< says which checks; else it means all
  std::string Checks;  ///< globs separated by ',', without blanks
  bool Reason = false; ///< text follows on its line

  /// Whether what begins where \p Place does is in its reach.
  bool covers(const Span &Place) const {
    return Covers.valid() && Covers.File == Place.File &&
           Covers.Offset <= Place.Offset && Place.Offset < Covers.end();
  }
  auto operator<=>(const SuppressionFact &) const = default;
  UNSINGLETON_REFERENCES(Covers, Where, Entity)
};

} // namespace unsingleton

#endif
