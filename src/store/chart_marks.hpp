#pragma once
// What people decide about a time chart: targets, baselines, re-bases, points that do not count, and what
// happened. Append only, as reviews are: a mark stands until a later entry withdraws it, and each says who
// set it, when and why. No person in treatment is here, and no text holds names. Works on SQLite and
// PostgreSQL, inside the caller's transaction.

#include "base/day.hpp"
#include "store/users.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Stored by its text.
enum class ChartMarkKind : std::uint8_t {
    target,      ///< a value to reach from a month on, until the next target's month
    baseline,    ///< the months whose points alone make the limits of their segment
    rebase,      ///< a month from which limits are made anew
    excluded,    ///< a month whose point is shown and counts for nothing
    annotation,  ///< what happened on a day: plan started, clinic opened
    withdrawal   ///< `about` stands no more
};
std::string_view text_of(ChartMarkKind kind);
std::optional<ChartMarkKind> chart_mark_kind_of(std::string_view text);

/// Months are `2018-10`, days `2018-10-05`.
struct ChartMarkEntry {
    std::int64_t number = 0;  ///< rises; given by the store
    ChartMarkKind kind = ChartMarkKind::annotation;
    std::string measure;  ///< its name; of an annotation it may be empty: all measures of the place
    std::string place;    ///< `organisation`, `service:S0006`, …: as place_key writes them
    std::string from;     ///< a month; of an annotation a day; of a withdrawal empty
    std::string to;       ///< of a baseline: its last month; else empty
    /// Of a target: what to reach in millionths of the measure's value, a share being 0 to 1, the others in
    /// mg, days or per 100 person-years. Nothing: no target from this month on.
    std::optional<std::int64_t> millionths;
    std::string text;                     ///< of an annotation: what happened, without names; else empty
    std::string reason;                   ///< why it is set, or withdrawn; never empty
    std::int64_t about = 0;               ///< of a withdrawal: the number of the mark; else 0
    std::string at, author, author_role;  ///< UTC; sign-in name and text of the role as they were then
    std::string request;                  ///< random text of the form: the same form sent twice is one entry
    friend bool operator==(const ChartMarkEntry&, const ChartMarkEntry&) = default;
};

/// Adds an entry and returns it as stored. An entry whose request is stored already is not added again; the
/// stored one is returned when it says the same, and else it is a ConflictError. A withdrawal has measure and
/// place of what it is about. Throws UsageError for a mark without reason, place or author, one whose months,
/// day, value or text are not as its kind asks, and a withdrawal of what is no mark or stands no more.
ChartMarkEntry add_chart_mark(Database& database, const ChartMarkEntry& entry);

/// All of them, oldest first.
std::vector<ChartMarkEntry> chart_mark_entries(Database& database);
/// The newest number; 0: none. Who keeps entries by it misses none.
std::int64_t newest_chart_mark(Database& database);

/// The marks of one chart that stand. Of two for the same month, or two baselines that begin in the same
/// month, the later entry holds, and the other stands again once it is withdrawn.
struct ChartMarks {
    std::vector<ChartMarkEntry> targets;      ///< by month, one each
    std::vector<ChartMarkEntry> baselines;    ///< by first month, one each
    std::vector<ChartMarkEntry> rebases;      ///< by month, one each
    std::vector<ChartMarkEntry> excluded;     ///< by month, one each
    std::vector<ChartMarkEntry> annotations;  ///< by day, then as they were set
    friend bool operator==(const ChartMarks&, const ChartMarks&) = default;

    /// The target in force in the month of a day: that of the last target's month no later than it.
    std::optional<double> target_in_month_of(Day day) const;
    bool is_excluded(Day day) const;  ///< the month of the day
};

/// What stands on the chart of a measure at a place. Pure; `entries` in the order of their numbers. Marks of
/// another place, an outer one among them, are not this chart's.
ChartMarks marks_of(const std::vector<ChartMarkEntry>& entries, std::string_view measure,
                    std::string_view place);

/// A target as typed, in the measure's own unit, to at most six decimals: `0.9` → 900,000. Nothing when it
/// is none, negative, or above a million.
std::optional<std::int64_t> parse_target(std::string_view text);

}  // namespace optimat
