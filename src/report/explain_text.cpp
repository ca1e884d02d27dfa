#include "report/explain_text.hpp"

#include "report/table_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

/// What a rule that the file of rules has no title for is called.
std::string title_of(std::string_view rule, const std::vector<RuleText>& rules) {
    const auto found = std::ranges::find(rules, rule, &RuleText::id);
    if (found != rules.end()) return found->title;
    if (rule == "client/not-listed") return "Missing from the list of clients";
    if (rule == "row/refused") return "Refused rows";
    return {};
}

std::string head_of(std::string_view rule, const std::vector<RuleText>& rules, const Terminal& terminal) {
    const std::string title = title_of(rule, rules);
    if (title.empty()) return paint(terminal, Ink::strong, rule);
    return fmt::format("{}  {}", paint(terminal, Ink::strong, title), paint(terminal, Ink::faint, rule));
}

Json json_of(const State& state, const Extract& extract) {
    Json json = {{"service_id", extract.services[*state.service].service_id},
                 {"stage", text_of(state.stage)},
                 {"cohort", nullptr},
                 {"medicine", text_of(state.medicine)},
                 {"dose_mg", nullptr},
                 {"band", text_of(state.band)},
                 {"regime", text_of(state.regime)},
                 {"spell_day", state.spell_day},
                 {"spell_censored", state.spell_censored}};
    if (state.cohort != Cohort::none) json["cohort"] = text_of(state.cohort);
    if (state.dose_known) json["dose_mg"] = json_ratio(state.dose.number, 1000, 3);
    return json;
}

Json json_of(const Reason& reason, const std::vector<RuleText>& rules) {
    Json records = Json::array();
    for (const NamedRecord& record : reason.records) {
        Json json = {{"table", table_name(record.table)}, {"id", nullptr}, {"date", nullptr}};
        if (!record.id.empty()) json["id"] = record.id;
        if (record.day) json["date"] = to_text(*record.day);
        records.push_back(std::move(json));
    }
    Json json = {{"rule", reason.rule},
                 {"title", nullptr},
                 {"sentence", reason.sentence},
                 {"records", std::move(records)}};
    if (const std::string title = title_of(reason.rule, rules); !title.empty()) json["title"] = title;
    return json;
}

}  // namespace

void write_explanation_text(const Explanation& explanation, const std::vector<RuleText>& rules,
                            const Provenance& provenance, const Terminal& terminal, const TextSink& sink) {
    std::string text = paint(terminal, Ink::strong, "Client " + printable(explanation.client_id)) + '\n';
    text += wrapped(printable(explanation.summary), terminal.width);
    std::string_view rule;
    for (const Reason& reason : explanation.reasons) {
        if (reason.rule != rule) text += '\n' + head_of(reason.rule, rules, terminal) + '\n';
        rule = reason.rule;
        text += wrapped("  " + printable(reason.sentence), terminal.width, 2);
    }
    text += '\n' + paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
    sink(text);
}

void write_explanation_json(const Extract& extract, const Explanation& explanation,
                            const std::vector<RuleText>& rules, const Provenance& provenance,
                            const TextSink& sink) {
    Json reasons = Json::array();
    for (const Reason& reason : explanation.reasons)
        reasons.push_back(json_of(reason, rules));
    Json result = {{"provenance", json_of(provenance)},   {"client_id", explanation.client_id},
                   {"as_at", to_text(explanation.as_at)}, {"in_mat", explanation.state.has_value()},
                   {"summary", explanation.summary},      {"state", nullptr},
                   {"reasons", std::move(reasons)}};
    if (explanation.state) result["state"] = json_of(*explanation.state, extract);
    sink(result.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace optimat
