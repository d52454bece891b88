// CreationCycleError: an object whose creation needs, in the end, itself.
//
// Example:
//
//   #include <isolation/per_request.h>
//   #include <string>
//
//   struct Chicken { int weight; };
//   struct Egg { int weight; };
//   inline constexpr isolation::PerRequest<Chicken> chicken;
//   inline constexpr isolation::PerRequest<Egg> egg;
//
//   Egg &create_egg(const isolation::UserExecutionContext &context);
//   Chicken &create_chicken(const isolation::UserExecutionContext &context) {
//     return chicken.get_or_create(
//         context, [&] { return Chicken{create_egg(context).weight}; });
//   }
//   Egg &create_egg(const isolation::UserExecutionContext &context) {
//     return egg.get_or_create(
//         context, [&] { return Egg{create_chicken(context).weight}; });
//   }
//   std::string explain(const isolation::UserExecutionContext &context) {
//     try {
//       create_egg(context);
//     } catch (const isolation::CreationCycleError &error) {
//       return error.chain(); // "Egg -> Chicken -> Egg"
//     }
//     return "";
//   }
//
// Shape: the types in the order in which they wait for each other, the first
// one repeated at the end. Several threads may be part of the chain.
// Ownership: owns its text. Thread-safety: a value.

#ifndef ISOLATION_CREATION_CYCLE_ERROR_H
#define ISOLATION_CREATION_CYCLE_ERROR_H

#include <isolation/error.h>

#include <string>
#include <utility>

namespace isolation {

class ISOLATION_EXPORT CreationCycleError : public Error {
public:
  explicit CreationCycleError(std::string chain)
      : Error(std::string("creation cycle: ").append(chain)),
        chain_(std::move(chain)) {}

  [[nodiscard]] const std::string &chain() const noexcept { return chain_; }

private:
  std::string chain_;
};

} // namespace isolation

#endif // ISOLATION_CREATION_CYCLE_ERROR_H
