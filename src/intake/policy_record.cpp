#include "intake/policy_record.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

[[noreturn]] void throw_unreadable(std::string_view name) {
    throw DefinitionError(fmt::format("the policy of a release cannot be read: {} is no value", name));
}

std::vector<std::string_view> pieces_of(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        pieces.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

/// The values of a policy as texts, and back.
struct Values {
    static std::string write(std::string text) {
        std::ranges::replace(text, '\n', ' ');
        return text;
    }
    template <std::integral Number> static std::string write(Number number) {
        return fmt::format("{}", number);
    }
    static std::string write(Micrograms dose) { return write(dose.number); }
    static std::string write(const DoseRange& range) {
        return fmt::format("{},{}", range.lowest.number, range.highest.number);
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    static std::string write(Enum value) {
        return write(static_cast<std::underlying_type_t<Enum>>(value) + 0);
    }
    template <class Value> static std::string write(const std::optional<Value>& value) {
        return value ? write(*value) : "none";
    }
    static std::string write(Day day) { return to_text(day); }
    static std::string write(OrderKey key) { return std::string(text_of(key)); }
    static std::string write(const ReliableChange& change) {
        return fmt::format("{}:{}", fields_of(TableKind::tops)[index_of(change.item)].name, change.least);
    }
    template <class Value> static std::string write(const std::vector<Value>& values) {
        std::string text;
        for (const Value& value : values)
            text += (text.empty() ? "" : " ") + write(value);
        return text;
    }

    static bool read(std::string_view text, std::string& value) {
        value = text;
        return true;
    }
    template <std::integral Number> static bool read(std::string_view text, Number& value) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && end == text.data() + text.size();
    }
    static bool read(std::string_view text, Micrograms& dose) { return read(text, dose.number); }
    static bool read(std::string_view text, DoseRange& range) {
        const auto ends = pieces_of(text, ',');
        return ends.size() == 2 && read(ends[0], range.lowest) && read(ends[1], range.highest);
    }
    template <class Enum, Enum last> static bool read_enum(std::string_view text, Enum& value) {
        int number = 0;
        if (!read(text, number) || number < 0 || number > static_cast<int>(last)) return false;
        value = static_cast<Enum>(number);
        return true;
    }
    static bool read(std::string_view text, ThresholdComparator& value) {
        return read_enum<ThresholdComparator, ThresholdComparator::above>(text, value);
    }
    static bool read(std::string_view text, EvidenceChoice& value) {
        return read_enum<EvidenceChoice, EvidenceChoice::any_use>(text, value);
    }
    static bool read(std::string_view text, Nation& value) {
        return read_enum<Nation, Nation::northern_ireland>(text, value);
    }
    template <class Value> static bool read(std::string_view text, std::optional<Value>& value) {
        value.reset();
        return text == "none" || read(text, value.emplace());
    }
    static bool read(std::string_view text, Day& value) {
        const auto day = parse_iso_day(text);
        value = day.value_or(Day{});
        return day.has_value();
    }
    static bool read(std::string_view text, OrderKey& value) {
        const auto key = order_key_of(text);
        if (key) value = *key;
        return key.has_value();
    }
    static bool read(std::string_view text, ReliableChange& change) {
        const auto parts = pieces_of(text, ':');
        const auto fields = fields_of(TableKind::tops);
        for (std::size_t i = 0; parts.size() == 2 && i < fields.size(); ++i)
            if (fields[i].name == parts[0]) {
                change.item = static_cast<TopField>(i);
                return read(parts[1], change.least);
            }
        return false;
    }
    template <class Value> static bool read(std::string_view text, std::vector<Value>& values) {
        values.clear();
        for (const std::string_view piece : pieces_of(text, ' '))
            if (!read(piece, values.emplace_back())) return false;
        return true;
    }
};

class RecordWriter {
  public:
    template <class Value> void operator()(const std::string& name, const Value& value) {
        m_text += fmt::format("{}={}\n", name, Values::write(value));
    }
    std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
};

class RecordReader {
  public:
    explicit RecordReader(std::string_view text) {
        for (const std::string_view line : pieces_of(text, '\n')) {
            const std::size_t sign = line.find('=');
            if (sign == line.npos) throw_unreadable("a line without a name");
            m_values[line.substr(0, sign)] = line.substr(sign + 1);
        }
    }
    template <class Value> void operator()(const std::string& name, Value& value) const {
        const auto found = m_values.find(name);
        if (found != m_values.end() && !Values::read(found->second, value)) throw_unreadable(name);
    }

  private:
    std::map<std::string_view, std::string_view> m_values;
};

// Each of these names every member, so that one more does not compile until it is here too.

template <class Visit, class Family>
void visit_family(const std::string& name, Family& family, Visit& visit) {
    auto& [threshold, tolerance, high_dose, tolerated_gap, plausible] = family;
    visit(name + ".threshold", threshold);
    visit(name + ".tolerance", tolerance);
    visit(name + ".high_dose", high_dose);
    visit(name + ".tolerated_gap", tolerated_gap);
    visit(name + ".plausible", plausible);
}

template <class Visit, class Priority> void visit_priority(Priority& priority, Visit& visit) {
    auto& [profile_months, absence_months, top_months, screen_months, overdose_months, release_days,
           uncovered_days, uncovered_within_days, alcohol_days, benzodiazepine_days, physical_health,
           naloxone_months, occasional_days, regular_days, asci_months, stable_months, recovery_top_months,
           lapsed_days, unplanned_days, released_days, methadone_low, methadone_next, buprenorphine_low,
           slow_reduction_months, review_months, claim_days, order] = priority;
    visit("priority.profile_months", profile_months);
    visit("priority.absence_months", absence_months);
    visit("priority.top_months", top_months);
    visit("priority.screen_months", screen_months);
    visit("priority.overdose_months", overdose_months);
    visit("priority.release_days", release_days);
    visit("priority.uncovered_days", uncovered_days);
    visit("priority.uncovered_within_days", uncovered_within_days);
    visit("priority.alcohol_days", alcohol_days);
    visit("priority.benzodiazepine_days", benzodiazepine_days);
    visit("priority.physical_health", physical_health);
    visit("priority.naloxone_months", naloxone_months);
    visit("priority.occasional_days", occasional_days);
    visit("priority.regular_days", regular_days);
    visit("priority.asci_months", asci_months);
    visit("priority.stable_months", stable_months);
    visit("priority.recovery_top_months", recovery_top_months);
    visit("priority.lapsed_days", lapsed_days);
    visit("priority.unplanned_days", unplanned_days);
    visit("priority.released_days", released_days);
    visit("priority.methadone_low", methadone_low);
    visit("priority.methadone_next", methadone_next);
    visit("priority.buprenorphine_low", buprenorphine_low);
    visit("priority.slow_reduction_months", slow_reduction_months);
    visit("priority.review_months", review_months);
    visit("priority.claim_days", claim_days);
    for (std::size_t list = 0; list < order.size(); ++list)
        visit(fmt::format("order.{}", text_of(static_cast<WorkList>(list))), order[list]);
}

template <class Visit, class Outcome> void visit_outcome(Outcome& outcome, Visit& visit) {
    auto& [return_days, re_induction_months, end_before_days, end_after_days, retention_days, exit_methadone,
           exit_buprenorphine, after_detox_days, restart_months, support_months, journey_gap_days,
           completion_months, re_presentation_months, waiting_days, change_recent_months, harm_months,
           leaving_days] = outcome;
    visit("outcome.return_days", return_days);
    visit("outcome.re_induction_months", re_induction_months);
    visit("outcome.end_before_days", end_before_days);
    visit("outcome.end_after_days", end_after_days);
    visit("outcome.retention_days", retention_days);
    visit("outcome.exit_methadone", exit_methadone);
    visit("outcome.exit_buprenorphine", exit_buprenorphine);
    visit("outcome.after_detox_days", after_detox_days);
    visit("outcome.restart_months", restart_months);
    visit("outcome.support_months", support_months);
    visit("outcome.journey_gap_days", journey_gap_days);
    visit("outcome.completion_months", completion_months);
    visit("outcome.re_presentation_months", re_presentation_months);
    visit("outcome.waiting_days", waiting_days);
    visit("outcome.change_recent_months", change_recent_months);
    visit("outcome.harm_months", harm_months);
    visit("outcome.leaving_days", leaving_days);
}

template <class Visit, class AnyPolicy> void visit_policy(AnyPolicy& policy, Visit& visit) {
    auto& [name, version, hash, families, comparator, evidence_choice, induction_days, comparison_days,
           evidence_months, recall_days, detox_months, censoring_days, on_mat_episode_days, hidden_below,
           reliable_change, priority, outcome, nation, bank_holidays] = policy;
    visit("name", name);
    visit("version", version);
    visit("hash", hash);
    for (std::size_t i = 0; i < family_count; ++i)
        visit_family(fmt::format("family.{}", text_of(static_cast<Family>(i))), families[i], visit);
    visit("comparator", comparator);
    visit("evidence_choice", evidence_choice);
    visit("induction_days", induction_days);
    visit("comparison_days", comparison_days);
    visit("evidence_months", evidence_months);
    visit("recall_days", recall_days);
    visit("detox_months", detox_months);
    visit("censoring_days", censoring_days);
    visit("on_mat_episode_days", on_mat_episode_days);
    visit("hidden_below", hidden_below);
    visit("reliable_change", reliable_change);
    visit_priority(priority, visit);
    visit_outcome(outcome, visit);
    visit("nation", nation);
    visit("bank_holidays", bank_holidays);
}

}  // namespace

std::string write_policy_record(const Policy& policy) {
    RecordWriter writer;
    visit_policy(policy, writer);
    return writer.take();
}

Policy read_policy_record(std::string_view text, const Policy& base) {
    Policy policy = base;
    const RecordReader reader(text);
    visit_policy(policy, reader);
    return policy;
}

}  // namespace optimat
