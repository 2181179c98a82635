#pragma once
#include "rules/program.h"

namespace yimen::rules {

// A knowledge model or decision service as a function. It knows its element by number only, so that models may call each
// other and themselves; whoever calls it has the program.
class ElementFunction final : public FunctionValue {
  public:
    explicit ElementFunction(size_t element) : element_(element) {}
    void show(std::vector<Parameter> p, const Type* r) { parameters = std::move(p), result = r; }
    Value call(Run&, std::span<Value> arguments) const override;

  private:
    size_t element_;
};

}  // namespace yimen::rules
