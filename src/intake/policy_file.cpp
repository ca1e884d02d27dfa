#include "intake/policy_file.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"

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

/// A number of the work lists' policy: where it stands in the file, and what it may be.
struct PriorityNumber {
    std::string_view section, key;
    std::int32_t lowest, highest;
    std::int32_t PriorityPolicy::*value;
};
constexpr PriorityNumber priority_numbers[] = {
    {"risk", "profile_months", 1, 60, &PriorityPolicy::profile_months},
    {"risk", "absence_months", 1, 60, &PriorityPolicy::absence_months},
    {"risk", "top_months", 1, 60, &PriorityPolicy::top_months},
    {"risk", "screen_months", 1, 60, &PriorityPolicy::screen_months},
    {"risk", "overdose_months", 1, 60, &PriorityPolicy::overdose_months},
    {"risk", "release_days", 1, 366, &PriorityPolicy::release_days},
    {"risk", "uncovered_days", 1, 28, &PriorityPolicy::uncovered_days},
    {"risk", "uncovered_within_days", 1, 366, &PriorityPolicy::uncovered_within_days},
    {"risk", "alcohol_days", 1, 28, &PriorityPolicy::alcohol_days},
    {"risk", "benzodiazepine_days", 1, 28, &PriorityPolicy::benzodiazepine_days},
    {"risk", "physical_health", 0, 20, &PriorityPolicy::physical_health},
    {"naloxone", "months", 1, 120, &PriorityPolicy::naloxone_months},
    {"use", "occasional_days", 1, 27, &PriorityPolicy::occasional_days},
    {"use", "regular_days", 1, 27, &PriorityPolicy::regular_days},
    {"supervision", "asci_months", 1, 60, &PriorityPolicy::asci_months},
    {"recovery", "stable_months", 1, 24, &PriorityPolicy::stable_months},
    {"recovery", "top_months", 1, 60, &PriorityPolicy::recovery_top_months},
    {"out_of_cover", "lapsed_days", 1, 366, &PriorityPolicy::lapsed_days},
    {"out_of_cover", "unplanned_days", 1, 366, &PriorityPolicy::unplanned_days},
    {"out_of_cover", "released_days", 1, 366, &PriorityPolicy::released_days},
    {"slow_reduction", "months", 1, 24, &PriorityPolicy::slow_reduction_months},
    {"review", "months", 1, 24, &PriorityPolicy::review_months},
    {"review", "claim_days", 1, 366, &PriorityPolicy::claim_days},
};

/// A dose that divides the review cohorts.
struct CohortDose {
    std::string_view key;
    Micrograms PriorityPolicy::*value;
};
constexpr CohortDose cohort_doses[] = {{"methadone_low_mg", &PriorityPolicy::methadone_low},
                                       {"methadone_next_mg", &PriorityPolicy::methadone_next},
                                       {"buprenorphine_low_mg", &PriorityPolicy::buprenorphine_low}};

/// Keys that say something of a table's values, and are none themselves.
bool is_remark(std::string_view key) { return key == "source" || key == "reason" || key == "other_settings"; }

class PolicyReader {
  public:
    PolicyReader(const std::string& origin, Policy policy) : m_origin(origin), m_policy(std::move(policy)) {}
    /// Reads what stood on one line of the file, however it came here.
    PolicyReader(const std::string& origin, Policy policy, toml::source_index line)
        : m_origin(origin), m_policy(std::move(policy)), m_line(line) {}

    Policy read(const toml::table& root) {
        allow(root, {"name", "version", "induction", "evidence", "regime", "spell", "band", "family",
                     "disclosure", "reliable_change", "risk", "naloxone", "use", "supervision", "recovery",
                     "out_of_cover", "review_cohorts", "slow_reduction", "review", "order"});
        read_text(root, "name", m_policy.name);
        read_text(root, "version", m_policy.version);
        section(root, "induction", {"days"}, [&](const toml::table& table) {
            read_number(table, "days", 1, 366, m_policy.induction_days);
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
        m_policy.hash = digest();
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
        std::string_view section;
        for (const PriorityNumber& number : priority_numbers)
            if (number.section != std::exchange(section, number.section)) read_priority_section(root, number.section);
        this->section(root, "review_cohorts", {"methadone_low_mg", "methadone_next_mg", "buprenorphine_low_mg"},
                      [&](const toml::table& table) {
                          for (const CohortDose& dose : cohort_doses)
                              if (const toml::node* node = table.get(dose.key))
                                  m_policy.priority.*dose.value = dose_of(*node, dose.key);
                      });
        if (const toml::node* order = root.get("order")) read_order(table_of(*order, "order"));
    }

    void read_priority_section(const toml::table& root, std::string_view name) {
        const toml::node* node = root.get(name);
        if (node == nullptr) return;
        const toml::table& table = table_of(*node, name);
        std::vector<std::string_view> known;
        for (const PriorityNumber& number : priority_numbers) {
            if (number.section != name) continue;
            known.push_back(number.key);
            read_number(table, number.key, number.lowest, number.highest, m_policy.priority.*number.value);
        }
        allow(table, known);
    }

    void read_order(const toml::table& table) {
        for (const auto& [name, node] : table) {
            if (is_remark(name.str())) continue;
            const auto list = work_list_of(name.str());
            if (!list) complain(node, fmt::format("there is no work list '{}'", name.str()));
            const toml::array* keys = node.as_array();
            if (keys == nullptr) complain(node, fmt::format("the order of list {} must be a list of keys", name.str()));
            auto& order = m_policy.priority.order[static_cast<std::size_t>(*list)];
            order.clear();
            for (const toml::node& key : *keys) order.push_back(order_key(key));
        }
    }

    OrderKey order_key(const toml::node& node) const {
        const auto key = order_key_of(node.value_or(std::string{}));
        if (key) return *key;
        std::vector<std::string_view> known;
        for (std::size_t i = 0; i < order_key_count; ++i) known.push_back(text_of(static_cast<OrderKey>(i)));
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

    /// Names the values: equal values have equal digests, whatever file they come from.
    std::string digest() const {
        const auto dose = [](const auto& value) {
            return value ? std::to_string(value->number) : std::string("none");
        };
        std::string text =
            fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(m_policy.comparator),
                        static_cast<int>(m_policy.evidence_choice), m_policy.induction_days,
                        m_policy.comparison_days, m_policy.evidence_months, m_policy.recall_days,
                        m_policy.detox_months, m_policy.censoring_days, m_policy.on_mat_episode_days);
        for (const FamilyPolicy& family : m_policy.families) {
            text += fmt::format("|{},{},{},{}", dose(family.threshold), dose(family.tolerance),
                                dose(family.high_dose), family.tolerated_gap);
            if (family.plausible)
                text +=
                    fmt::format(",{},{}", family.plausible->lowest.number, family.plausible->highest.number);
        }
        text += fmt::format("|{}", m_policy.hidden_below);
        for (const ReliableChange& change : m_policy.reliable_change)
            text += fmt::format("|{}:{}", index_of(change.item), change.least);
        for (const PriorityNumber& number : priority_numbers)
            text += fmt::format("|{}", m_policy.priority.*number.value);
        for (const CohortDose& cohort : cohort_doses)
            text += fmt::format("|{}", (m_policy.priority.*cohort.value).number);
        for (const auto& order : m_policy.priority.order) {
            text += '|';
            for (const OrderKey key : order) text += fmt::format("{},", text_of(key));
        }
        return content_hash(text).text().substr(0, 16);
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
