#pragma once
// The forms that set marks on a measure's chart: what was typed, what is wrong with it, and the entry of the
// store that it becomes.

#include "web/measure_choice.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optimat {

/// As typed.
struct MarkForm {
    ChartMarkKind kind = ChartMarkKind::target;
    std::string from, to;    ///< months `2018-10`; of an annotation a day
    std::string value;       ///< of a target: per cents of a share, else the measure's own unit
    bool has_target = true;  ///< false: no target from the month on
    bool is_of_all = false;  ///< of an annotation: shown on every measure of the place
    std::string text, reason;
    std::string request;
};

/// An empty form of a kind; its months are the last ones of the data.
MarkForm new_mark_form(Context& context, const MeasureChoice& choice, ChartMarkKind kind);
MarkForm typed_mark_form(Context& context, ChartMarkKind kind);

/// The kinds that make sense on the measure's chart: months that are not judged have no limits.
std::vector<ChartMarkKind> mark_kinds(const MeasureDefinition& measure);

/// The months that a mark of a kind may name, the newest first: those of the data up to the page's, and of a
/// target the twelve after too.
std::vector<std::string> months_for(Context& context, ChartMarkKind kind);

/// A target as typed, in millionths of the measure's value: `85`, `85 %`, `62.5`. Nothing when it is none.
std::optional<std::int64_t> target_millionths(const MeasureDefinition& measure, std::string_view text);

/// What is wrong, field by field, in the order of the form; nothing: it can be stored.
std::vector<std::pair<std::string, std::string>> errors_of(Context& context, const MeasureDefinition& measure,
                                                           const MarkForm& form);

/// What the form says, to be stored; only when nothing is wrong with it.
ChartMarkEntry entry_of(Context& context, const MeasureChoice& choice, const MarkForm& form);

/// `Target 85.0 % from October 2018`, `Limits begin anew in March 2018`, …
std::string words_for(const MeasureDefinition& measure, const ChartMarkEntry& entry);

}  // namespace optimat
