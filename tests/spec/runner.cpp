#include "runner.hpp"

#include "rule_ids.hpp"
#include "steps.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

void run_case(const SpecCase& spec_case, const std::string& name, SpecRun& result) {
    CaseRun run([&](int line, const std::string& what) {
        result.messages.push_back(fmt::format("{}:{} {} | {}", name, line, spec_case.title, what));
    });
    try {
        for (const SpecStep& step : spec_case.steps)
            run_step(run, step);
    } catch (const CaseFailed& failure) {
        run.complain(failure.line(), failure.what());
    }
    result.confirmed_rules.merge(run.confirmed_rules);
    ++result.cases;
}

void check_rules(const SpecFile& file) {
    for (const std::string& rule : file.rules)
        if (!is_rule(rule)) throw SpecError(1, fmt::format("there is no rule '{}'", rule));
}

}  // namespace

SpecRun run_spec(std::string_view text, const std::string& name) {
    SpecRun result;
    try {
        const SpecFile file = parse_spec(text);
        check_rules(file);
        result.rules = file.rules;
        for (const SpecCase& spec_case : file.cases)
            run_case(spec_case, name, result);
        if (!result.messages.empty()) result.outcome = Outcome::different;
    } catch (const SpecError& error) {
        result.messages.push_back(fmt::format("{}:{} cannot be run: {}", name, error.line(), error.what()));
        result.outcome = Outcome::unusable_spec;
    }
    return result;
}

}  // namespace optimat::spec
