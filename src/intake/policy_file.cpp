#include "intake/policy_file.hpp"

#include "base/error.hpp"
#include "intake/policy_numbers.hpp"
#include "model/nation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <span>
#include <sstream>
#include <toml++/toml.h>
#include <utility>

namespace optimat {

namespace {

toml::table parsed(std::string_view text, const std::string& origin) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw DefinitionError(
            fmt::format("{}: line {}: {}", origin, error.source().begin.line, error.description()));
    }
}

/// Keys that say something of a table's values, and are none themselves.
bool is_remark(std::string_view key) { return key == "source" || key == "reason" || key == "other_settings"; }

class PolicyReader {
  public:
    PolicyReader(const std::string& origin, Policy policy) : m_origin(origin), m_policy(std::move(policy)) {}
    /// Reads what stood on one line of the file, however it came here.
    PolicyReader(const std::string& origin, Policy policy, toml::source_index line)
        : m_origin(origin), m_policy(std::move(policy)), m_line(line) {}

    Policy read(const toml::table& root) {
        allow(root, {"name",
                     "version",
                     "induction",
                     "evidence",
                     "regime",
                     "spell",
                     "band",
                     "family",
                     "disclosure",
                     "reliable_change",
                     "risk",
                     "naloxone",
                     "use",
                     "supervision",
                     "recovery",
                     "out_of_cover",
                     "review_cohorts",
                     "slow_reduction",
                     "review",
                     "order",
                     "spell_end",
                     "retention",
                     "detoxification",
                     "journey",
                     "completion",
                     "re_presentation",
                     "waiting",
                     "outcome",
                     "harm",
                     "working_days"});
        read_text(root, "name", m_policy.name);
        read_text(root, "version", m_policy.version);
        section(root, "induction", {"days", "return_days", "re_induction_months"},
                [&](const toml::table& table) {
                    read_number(table, "days", 1, 366, m_policy.induction_days);
                    read_numbers(table, induction_numbers, m_policy.outcome);
                });
        section(root, "evidence", {"months", "choice", "recall_days"}, [&](const toml::table& table) {
            read_number(table, "months", 1, 24, m_policy.evidence_months);
            read_number(table, "recall_days", 1, 366, m_policy.recall_days);
            read_choice(table, "choice", {"recall_28", "latest", "any_use"}, m_policy.evidence_choice);
        });
        section(root, "regime", {"comparison_days", "detox_months"}, [&](const toml::table& table) {
            read_number(table, "comparison_days", 1, 366, m_policy.comparison_days);
            read_number(table, "detox_months", 1, 24, m_policy.detox_months);
        });
        section(root, "spell", {"censoring_days", "on_mat_episode_days"}, [&](const toml::table& table) {
            read_number(table, "censoring_days", 0, 366, m_policy.censoring_days);
            read_number(table, "on_mat_episode_days", 0, 366, m_policy.on_mat_episode_days);
        });
        section(root, "band", {"comparator"}, [&](const toml::table& table) {
            read_choice(table, "comparator", {"at_least", "above"}, m_policy.comparator);
        });
        section(root, "disclosure", {"hidden_below"}, [&](const toml::table& table) {
            read_number(table, "hidden_below", 2, 100, m_policy.hidden_below);
        });
        if (const toml::node* changes = root.get("reliable_change"))
            read_reliable_changes(table_of(*changes, "reliable_change"));
        if (const toml::node* families = root.get("family")) read_families(table_of(*families, "family"));
        read_priority(root);
        read_outcome(root);
        m_policy.hash = policy_digest(m_policy);
        return m_policy;
    }

  private:
    [[noreturn]] void complain(const toml::node& node, const std::string& what) const {
        const auto line = m_line != 0 ? m_line : node.source().begin.line;
        throw DefinitionError(fmt::format("{}: line {}: {}", m_origin, line, what));
    }

    const toml::table& table_of(const toml::node& node, std::string_view name) const {
        if (const auto* table = node.as_table()) return *table;
        complain(node, fmt::format("{} must be a table", name));
    }

    void allow(const toml::table& table, std::span<const std::string_view> known) const {
        for (const auto& [key, node] : table) {
            if (std::ranges::find(known, key.str()) != known.end() || is_remark(key.str())) continue;
            complain(node, fmt::format("the key '{}' is not known here; known are: {}", key.str(),
                                       fmt::join(known, ", ")));
        }
    }

    void allow(const toml::table& table, std::initializer_list<std::string_view> known) const {
        allow(table, std::span(known.begin(), known.size()));
    }

    template <class Read>
    void section(const toml::table& root, std::string_view name, std::initializer_list<std::string_view> keys,
                 Read read) {
        const toml::node* node = root.get(name);
        if (node == nullptr) return;
        const toml::table& table = table_of(*node, name);
        allow(table, keys);
        read(table);
    }

    void read_text(const toml::table& table, std::string_view key, std::string& value) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) return;
        if (!node->is_string()) complain(*node, fmt::format("{} must be a text in quotes", key));
        value = node->as_string()->get();
    }

    void read_number(const toml::table& table, std::string_view key, std::int32_t lowest,
                     std::int32_t highest, std::int32_t& value) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) return;
        const auto number = node->value<std::int64_t>();
        if (!node->is_integer() || *number < lowest || *number > highest)
            complain(*node, fmt::format("{} must be a whole number from {} to {}", key, lowest, highest));
        value = static_cast<std::int32_t>(*number);
    }

    template <class Choice>
    void read_choice(const toml::table& table, std::string_view key,
                     std::initializer_list<std::string_view> names, Choice& value) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) return;
        const std::string text = node->value_or(std::string{});
        const auto found = std::ranges::find(names, text);
        if (found == names.end())
            complain(*node, fmt::format("{} must be one of: {}", key, fmt::join(names, ", ")));
        value = static_cast<Choice>(found - names.begin());
    }

    /// A dose as written in the file, exactly: 0.4 is 400 µg.
    Micrograms dose_of(const toml::node& node, std::string_view key) const {
        std::ostringstream text;
        if (const auto* whole = node.as_integer())
            text << whole->get();
        else if (const auto* decimal = node.as_floating_point())
            text << fmt::format("{}", decimal->get());
        const auto dose = parse_milligrams(text.str());
        if (!dose || dose->number <= 0)
            complain(node, fmt::format("{} must be a number of milligrams above zero", key));
        return *dose;
    }

    void read_dose(const toml::table& table, std::string_view key, std::optional<Micrograms>& value) const {
        if (const toml::node* node = table.get(key)) value = dose_of(*node, key);
    }

    void read_dose(const toml::table& table, std::string_view key, Micrograms& value) const {
        if (const toml::node* node = table.get(key)) value = dose_of(*node, key);
    }

    void read_reliable_changes(const toml::table& table) {
        const auto fields = fields_of(TableKind::tops);
        for (const auto& [key, node] : table) {
            if (is_remark(key.str())) continue;
            const auto field = std::ranges::find_if(fields, [&](const Field& one) {
                return one.kind == FieldKind::count && one.name == key.str();
            });
            if (field == fields.end()) complain(node, fmt::format("a TOP has no number '{}'", key.str()));
            const auto item = static_cast<TopField>(field - fields.begin());
            std::int32_t least = 0;
            read_number(table, key.str(), 1, field->maximum, least);
            std::erase_if(m_policy.reliable_change,
                          [&](const ReliableChange& one) { return one.item == item; });
            m_policy.reliable_change.push_back({item, least});
        }
        std::ranges::sort(m_policy.reliable_change, {}, &ReliableChange::item);
    }

    /// What the work lists go by.
    void read_priority(const toml::table& root) {
        read_sections<PriorityPolicy>(root, priority_numbers, m_policy.priority);
        section(root, "review_cohorts", {"methadone_low_mg", "methadone_next_mg", "buprenorphine_low_mg"},
                [&](const toml::table& table) {
                    for (const CohortDose& dose : cohort_doses)
                        read_dose(table, dose.key, m_policy.priority.*dose.value);
                });
        if (const toml::node* order = root.get("order")) read_order(table_of(*order, "order"));
    }

    /// What courses and outcomes go by.
    void read_outcome(const toml::table& root) {
        read_sections<OutcomePolicy>(root, outcome_numbers, m_policy.outcome);
        section(
            root, "detoxification",
            {"exit_methadone_mg", "exit_buprenorphine_mg", "after_days", "restart_months", "support_months"},
            [&](const toml::table& table) {
                read_dose(table, "exit_methadone_mg", m_policy.outcome.exit_methadone);
                read_dose(table, "exit_buprenorphine_mg", m_policy.outcome.exit_buprenorphine);
                read_numbers(table, detoxification_numbers, m_policy.outcome);
            });
        section(root, "working_days", {"nation"}, [&](const toml::table& table) {
            read_choice(table, "nation", {nation_texts[0], nation_texts[1], nation_texts[2]},
                        m_policy.nation);
        });
    }

    /// The sections that the numbers name, which lie together and hold nothing else.
    template <class Group>
    void read_sections(const toml::table& root, std::span<const PolicyNumber<Group>> numbers, Group& group) {
        while (!numbers.empty()) {
            const std::string_view name = numbers.front().section;
            const auto behind =
                std::ranges::find_if_not(numbers, [&](const auto& number) { return number.section == name; });
            const auto count = static_cast<std::size_t>(behind - numbers.begin());
            if (const toml::node* node = root.get(name))
                read_section<Group>(table_of(*node, name), numbers.first(count), group);
            numbers = numbers.subspan(count);
        }
    }

    template <class Group>
    void read_section(const toml::table& table, std::span<const PolicyNumber<Group>> numbers, Group& group) {
        std::vector<std::string_view> known;
        for (const auto& number : numbers)
            known.push_back(number.key);
        read_numbers(table, numbers, group);
        allow(table, known);
    }

    template <class Numbers, class Group>
    void read_numbers(const toml::table& table, const Numbers& numbers, Group& group) const {
        for (const auto& number : numbers)
            read_number(table, number.key, number.lowest, number.highest, group.*number.value);
    }

    void read_order(const toml::table& table) {
        for (const auto& [name, node] : table) {
            if (is_remark(name.str())) continue;
            const auto list = work_list_of(name.str());
            if (!list) complain(node, fmt::format("there is no work list '{}'", name.str()));
            const toml::array* keys = node.as_array();
            if (keys == nullptr)
                complain(node, fmt::format("the order of list {} must be a list of keys", name.str()));
            auto& order = m_policy.priority.order[static_cast<std::size_t>(*list)];
            order.clear();
            for (const toml::node& key : *keys)
                order.push_back(order_key(key));
        }
    }

    OrderKey order_key(const toml::node& node) const {
        const auto key = order_key_of(node.value_or(std::string{}));
        if (key) return *key;
        std::vector<std::string_view> known;
        for (std::size_t i = 0; i < order_key_count; ++i)
            known.push_back(text_of(static_cast<OrderKey>(i)));
        complain(node, fmt::format("people are put in order by one of: {}", fmt::join(known, ", ")));
    }

    void read_families(const toml::table& families) {
        for (const auto& [name, node] : families) {
            std::size_t family = 0;
            while (family < family_count && text_of(static_cast<Family>(family)) != name.str())
                ++family;
            if (family == family_count)
                complain(node, fmt::format("there is no family of medicines '{}'", name.str()));
            read_family(table_of(node, name.str()), m_policy.families[family]);
        }
    }

    void read_family(const toml::table& table, FamilyPolicy& family) const {
        allow(table, {"threshold_mg", "tolerance_mg", "tolerated_gap_days", "high_dose_mg", "plausible_mg"});
        read_dose(table, "threshold_mg", family.threshold);
        read_dose(table, "tolerance_mg", family.tolerance);
        read_dose(table, "high_dose_mg", family.high_dose);
        read_number(table, "tolerated_gap_days", 0, 366, family.tolerated_gap);
        const toml::node* plausible = table.get("plausible_mg");
        if (plausible == nullptr) return;
        const toml::array* range = plausible->as_array();
        if (range == nullptr || range->size() != 2)
            complain(*plausible, "plausible_mg must be [lowest, highest]");
        family.plausible =
            DoseRange{dose_of((*range)[0], "plausible_mg"), dose_of((*range)[1], "plausible_mg")};
        if (family.plausible->highest < family.plausible->lowest)
            complain(*plausible, "plausible_mg must be [lowest, highest]");
    }

    const std::string& m_origin;
    Policy m_policy;
    toml::source_index m_line = 0;  ///< of everything that is read; 0: each node knows its own
};

/// A value as a person would write it: 0.4, [1, 400], recall_28.
std::string value_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* decimal = node.as_floating_point()) return fmt::format("{}", decimal->get());
    if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
    std::vector<std::string> items;
    if (const toml::array* list = node.as_array())
        for (const toml::node& item : *list)
            items.push_back(value_text(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
}

void collect(const toml::table& table, const std::string& prefix,
             std::vector<std::pair<toml::source_region, PolicyEntry>>& entries) {
    const std::string source = table["source"].value_or(std::string{}),
                      reason = table["reason"].value_or(std::string{});
    for (const auto& [key, node] : table) {
        if (is_remark(key.str())) continue;
        const std::string name =
            prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            collect(*inner, name, entries);
            continue;
        }
        entries.push_back({node.source(), {name, value_text(node), source, reason}});
    }
}

/// Finds the other settings of each choice, and reads the policy that each makes.
class AlternativeReader {
  public:
    AlternativeReader(const std::string& origin, const Policy& in_force)
        : m_origin(origin), m_in_force(in_force) {}

    std::vector<PolicyAlternative> read(const toml::table& root) {
        visit(root, {});
        std::ranges::stable_sort(m_found, {}, [](const auto& one) { return one.first; });
        std::vector<PolicyAlternative> alternatives;
        for (auto& [where, alternative] : m_found)
            alternatives.push_back(std::move(alternative));
        return alternatives;
    }

  private:
    using Path = std::vector<std::string>;

    [[noreturn]] void complain(const toml::node& node, const std::string& what) const {
        throw DefinitionError(fmt::format("{}: line {}: {}", m_origin, node.source().begin.line, what));
    }

    void visit(const toml::table& table, const Path& path) {
        for (const auto& [key, node] : table) {
            if (key.str() == "other_settings") {
                if (!node.is_table()) complain(node, "other_settings must be a table of lists");
                for (const auto& [choice, settings] : *node.as_table())
                    take(table, path, std::string(choice.str()), settings);
            } else if (const auto* inner = node.as_table()) {
                Path deeper = path;
                deeper.emplace_back(key.str());
                visit(*inner, deeper);
            }
        }
    }

    void take(const toml::table& table, const Path& path, const std::string& choice,
              const toml::node& settings) {
        if (!settings.is_array())
            complain(settings, fmt::format("the other settings of {} must be a list", choice));
        // Where another setting is in force, the file's own is one of the others.
        if (const toml::node* own = table.get(choice)) add(path, choice, *own, settings);
        for (const toml::node& setting : *settings.as_array())
            add(path, choice, setting, settings);
    }

    void add(const Path& path, const std::string& choice, const toml::node& setting,
             const toml::node& settings) {
        toml::table patch;
        setting.visit([&](const auto& value) { patch.insert(choice, value); });
        for (auto name = path.rbegin(); name != path.rend(); ++name) {
            toml::table outer;
            outer.insert(*name, std::move(patch));
            patch = std::move(outer);
        }
        const auto line = settings.source().begin.line;
        Policy policy = PolicyReader(m_origin, m_in_force, line).read(patch);
        if (policy.hash == m_in_force.hash) return;
        const auto at = std::pair(line, settings.source().begin.column);
        m_found.emplace_back(at, PolicyAlternative{fmt::format("{}.{}", fmt::join(path, "."), choice),
                                                   value_text(setting), std::move(policy)});
    }

    const std::string& m_origin;
    const Policy& m_in_force;
    std::vector<std::pair<std::pair<toml::source_index, toml::source_index>, PolicyAlternative>> m_found;
};

}  // namespace

Policy parse_policy(std::string_view toml, const std::string& origin, const Policy& base) {
    const toml::table root = parsed(toml, origin);
    Policy policy = PolicyReader(origin, base).read(root);
    AlternativeReader(origin, policy).read(root);
    return policy;
}

std::vector<PolicyAlternative> policy_alternatives(std::string_view toml, const std::string& origin,
                                                   const Policy& in_force) {
    return AlternativeReader(origin, in_force).read(parsed(toml, origin));
}

std::vector<PolicyEntry> policy_entries(std::string_view toml, const std::string& origin) {
    std::vector<std::pair<toml::source_region, PolicyEntry>> found;
    collect(parsed(toml, origin), "", found);
    std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first.begin.line; });
    std::vector<PolicyEntry> entries;
    for (auto& [where, entry] : found)
        entries.push_back(std::move(entry));
    return entries;
}

}  // namespace optimat
