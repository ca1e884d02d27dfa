#include "web/views_definitions.hpp"

#include "intake/text_file.hpp"
#include "model/issue.hpp"
#include "report/number_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view rules_file = "rules.toml", policy_file = "policy.toml";

std::string capitalised(std::string words) {
    std::ranges::replace(words, '_', ' ');
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

std::string_view unit_of(std::string_view name) {
    if (name.ends_with("_mg")) return "_mg";
    if (name.ends_with("_days")) return "_days";
    return {};
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

DataCell words_or_none(const std::string& text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(text);
}

DataTable rules_table(const SiteDefinitions& definitions) {
    DataTable table{"rules",
                    "Rules",
                    "",
                    {{"id", "Rule", CellKind::words, ""},
                     {"title", "Name", CellKind::words, ""},
                     {"words", "In words", CellKind::words, ""},
                     {"source", "Source", CellKind::words, ""}},
                    {},
                    1};
    for (const RuleText& rule : definitions.rules)
        table.rows.push_back({DataCell::words(rule.id), DataCell::words(rule.title),
                              DataCell::words(rule.words), DataCell::words(rule.source)});
    return table;
}

DataTable policy_table(const SiteDefinitions& definitions) {
    DataTable table{"policy",
                    "Thresholds, windows and choices",
                    "",
                    {{"key", "Key", CellKind::words, ""},
                     {"name", "Name", CellKind::words, ""},
                     {"value", "Value", CellKind::words, ""},
                     {"other_settings", "Other settings", CellKind::words, ""},
                     {"source", "Source", CellKind::words, ""},
                     {"reason", "Reason", CellKind::words, ""}},
                    {},
                    1};
    for (const PolicyEntry& entry : definitions.entries) {
        const auto others = definitions.other_settings.find(entry.key);
        table.rows.push_back({DataCell::words(entry.key), DataCell::words(policy_words(entry.key)),
                              DataCell::words(entry.value),
                              others == definitions.other_settings.end()
                                  ? DataCell::nothing()
                                  : DataCell::words(joined(others->second)),
                              words_or_none(entry.source), words_or_none(entry.reason)});
    }
    return table;
}

DataTable checks_table() {
    DataTable table{"checks",
                    "Checks of the data",
                    "",
                    {{"id", "Rule", CellKind::words, ""},
                     {"text", "What is wrong", CellKind::words, ""},
                     {"severity", "Severity", CellKind::words, ""},
                     {"consequence", "What becomes of it", CellKind::words, ""},
                     {"advice", "What to do", CellKind::words, ""}},
                    {},
                    1};
    for (std::size_t i = 0; i < rule_count; ++i) {
        const IssueRule& rule = issue_rule(static_cast<Rule>(i));
        const auto words = [](std::string_view text) { return DataCell::words(std::string(text)); };
        table.rows.push_back({words(rule.id), words(rule.text), words(text_of(rule.severity)),
                              words(text_of(rule.consequence)), words(rule.advice)});
    }
    return table;
}

std::string value_in_force(const SiteDefinitions& definitions, const std::string& key) {
    const auto entry = std::ranges::find(definitions.entries, key, &PolicyEntry::key);
    return entry == definitions.entries.end() ? std::string() : entry->value;
}

}  // namespace

std::vector<PolicyEntry> entries_in_force(const SiteOptions& options) {
    auto entries =
        policy_entries(options.definitions.text(std::string(policy_file)), std::string(policy_file));
    if (!options.policy_file) return entries;
    return laid_over(std::move(entries),
                     policy_entries(read_text_file(*options.policy_file), options.policy_file->string()));
}

SiteDefinitions definitions_of(const Site& site) {
    const SiteOptions& options = site.options();
    SiteDefinitions result;
    result.entries = entries_in_force(options);
    if (const auto text = options.definitions.find(std::string(rules_file)))
        result.rules = rule_texts(*text, std::string(rules_file));
    for (RuleText& rule : result.rules)
        rule.words = with_policy_values(rule, result.entries);
    for (const PolicyAlternative& alternative : options.definitions.policy_alternatives(site.policy()))
        result.other_settings[alternative.choice].push_back(alternative.setting);
    return result;
}

PageFigures definition_figures(const Site& site) {
    const SiteDefinitions definitions = definitions_of(site);
    return {"Definitions",
            {{"policy", fmt::format("{} {}", site.policy().name, site.policy().version)},
             {"policy_hash", site.policy().hash}},
            {rules_table(definitions), policy_table(definitions), checks_table()},
            ""};
}

PageFigures sensitivity_figures(Context& context) {
    const Figures& figures = context.figures();
    const SiteDefinitions definitions = definitions_of(context.site);
    const auto& rows =
        figures.sensitivity(context.site.options().definitions.policy_alternatives(figures.policy()));
    DataTable table{"sensitivity",
                    fmt::format("People who would stand elsewhere on {}", long_date(figures.dates().back())),
                    "Each row counts people in MAT whose stage, dose band, regime or cohort would be another "
                    "if this one setting "
                    "were changed and all others stayed. Who is in MAT depends on no setting.",
                    {{"choice", "Choice", CellKind::words, ""},
                     {"in_force", "In force", CellKind::words, ""},
                     {"setting", "Other setting", CellKind::words, ""},
                     {"stage", "Stage", CellKind::count, "People who would change"},
                     {"band", "Dose band", CellKind::count, "People who would change"},
                     {"regime", "Regime", CellKind::count, "People who would change"},
                     {"cohort", "Cohort", CellKind::count, "People who would change"},
                     {"in_mat", "In MAT", CellKind::count, ""}},
                    {},
                    1};
    for (const SensitivityRow& row : rows)
        table.rows.push_back(
            {DataCell::words(policy_words(row.choice)).linked("/definitions#policy-" + row.choice),
             DataCell::words(value_in_force(definitions, row.choice)), DataCell::words(row.setting),
             DataCell::count(row.stage), DataCell::count(row.band), DataCell::count(row.regime),
             DataCell::count(row.cohort), DataCell::count(row.in_mat)});
    return {
        "What hangs on each choice", {{"month", month_key(figures.dates().back())}}, {std::move(table)}, ""};
}

std::string sensitivity_sentence(const DataTable& table) {
    constexpr std::size_t cohort_column = 6;
    const auto most = std::ranges::max_element(table.rows, {},
                                               [](const auto& row) { return row[cohort_column].numerator; });
    if (most == table.rows.end()) return "No choice of the policy names another setting.";
    const std::int64_t people = (*most)[cohort_column].numerator;
    if (people == 0) return "Nobody would be in another cohort under any other setting of any one choice.";
    return fmt::format("Of all choices, “{}” matters most to the cohorts: set to {} instead of {}, {} of {} "
                       "in MAT would be in another.",
                       (*most)[0].text, (*most)[2].text, (*most)[1].text, people_text(people),
                       count_text((*most)[7].numerator));
}

std::string policy_group(std::string_view key) {
    constexpr std::string_view family = "family.";
    if (!key.starts_with(family)) return capitalised(std::string(key.substr(0, key.find('.'))));
    const std::string_view name = key.substr(family.size(), key.find('.', family.size()) - family.size());
    for (std::size_t i = 0; i < family_count; ++i)
        if (text_of(static_cast<Family>(i)) == name)
            return capitalised(std::string(words_for(static_cast<Family>(i))));
    return capitalised(std::string(name));
}

std::string policy_words(std::string_view key) {
    const std::size_t dot = key.rfind('.');
    if (dot == key.npos) return capitalised(std::string(key));
    std::string_view name = key.substr(dot + 1);
    const std::string_view unit = unit_of(name);
    name.remove_suffix(unit.size());
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return fmt::format("{}: {}{}", policy_group(key), words,
                       unit.empty() ? "" : fmt::format(", {}", unit.substr(1)));
}

}  // namespace optimat
