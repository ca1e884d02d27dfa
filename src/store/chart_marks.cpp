#include "store/chart_marks.hpp"

#include "store/database.hpp"
#include "store/stored_texts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

namespace optimat {

namespace {

constexpr std::array<std::string_view, 6> kind_texts = {"target",   "baseline",   "rebase",
                                                        "excluded", "annotation", "withdrawal"};

constexpr std::string_view columns = "number, kind, measure, place, from_time, to_time, millionths, words, "
                                     "reason, coalesce(about, 0), at, author, author_role, request";

ChartMarkEntry entry_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    const auto kind = value_of<ChartMarkKind>(kind_texts, row.text(1));
    if (!kind)
        throw StoreError("the store is damaged: a chart's mark is of no kind of this program's; restore a "
                         "backup");
    ChartMarkEntry entry;
    entry.number = row.integer(0);
    entry.kind = *kind;
    entry.measure = text(2);
    entry.place = text(3);
    entry.from = text(4);
    entry.to = text(5);
    if (!row.is_null(6)) entry.millionths = row.integer(6);
    entry.text = text(7);
    entry.reason = text(8);
    entry.about = row.integer(9);
    entry.at = text(10);
    entry.author = text(11);
    entry.author_role = text(12);
    entry.request = text(13);
    return entry;
}

template <class Value>
std::vector<ChartMarkEntry> entries_where(Database& database, std::string_view condition,
                                          const Value& value) {
    std::vector<ChartMarkEntry> entries;
    Statement row(database, fmt::format("SELECT {} FROM chart_mark_entry WHERE {} ORDER BY number", columns,
                                        condition));
    for (row.start(value); row.next();)
        entries.push_back(entry_of(row));
    return entries;
}

bool is_month(std::string_view text) {
    return text.size() == 7 && parse_iso_day(fmt::format("{}-01", text)).has_value();
}

void require_months(const ChartMarkEntry& entry) {
    if (!is_month(entry.from)) throw UsageError("a mark needs its month, such as 2018-10");
    if (entry.kind != ChartMarkKind::baseline) return;
    if (!is_month(entry.to)) throw UsageError("a baseline needs its last month, such as 2018-10");
    if (entry.to < entry.from) throw UsageError("a baseline ends no earlier than it begins");
}

void require_annotation(const ChartMarkEntry& entry) {
    if (!parse_iso_day(entry.from)) throw UsageError("an annotation needs its day, such as 2018-10-05");
    if (entry.text.empty()) throw UsageError("write what happened");
}

/// That what the kind has no use for is not there.
void require_nothing_else(const ChartMarkEntry& entry) {
    const bool is_baseline = entry.kind == ChartMarkKind::baseline;
    const bool is_target = entry.kind == ChartMarkKind::target;
    const bool is_annotation = entry.kind == ChartMarkKind::annotation;
    if ((!is_baseline && !entry.to.empty()) || (!is_target && entry.millionths) ||
        (!is_annotation && !entry.text.empty()) || entry.about != 0)
        throw UsageError("the mark says something that its kind has no room for");
    if (entry.millionths && *entry.millionths < 0) throw UsageError("a target is no less than 0");
}

void require_fitting(const ChartMarkEntry& entry) {
    if (entry.place.empty() || entry.author.empty() || !is_request(entry.request))
        throw UsageError("a mark needs a place, an author and the random text of its form");
    if (entry.reason.empty()) throw UsageError("write why");
    if (entry.kind == ChartMarkKind::withdrawal) return;
    if (entry.measure.empty() && entry.kind != ChartMarkKind::annotation)
        throw UsageError("a mark needs a measure");
    require_nothing_else(entry);
    if (entry.kind == ChartMarkKind::annotation)
        require_annotation(entry);
    else
        require_months(entry);
}

/// A withdrawal with the measure and place of the mark that it is about.
ChartMarkEntry withdrawal_of(Database& database, ChartMarkEntry entry) {
    const auto marks = entries_where(database, "number = ?", entry.about);
    if (marks.empty() || marks.front().kind == ChartMarkKind::withdrawal)
        throw UsageError("there is no such mark");
    if (!entries_where(database, "about = ?", entry.about).empty())
        throw UsageError("this mark has been withdrawn already");
    entry.measure = marks.front().measure;
    entry.place = marks.front().place;
    return entry;
}

std::int64_t insert(Database& database, const ChartMarkEntry& entry) {
    Statement row(database,
                  "INSERT INTO chart_mark_entry (kind, measure, place, from_time, to_time, millionths, "
                  "words, reason, about, at, author, author_role, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                  "nullif(CAST(? AS BIGINT), 0), ?, ?, ?, ?) RETURNING number");
    row.start(text_of(entry.kind), entry.measure, entry.place, entry.from, entry.to, entry.millionths,
              entry.text, entry.reason, entry.about, entry.at, entry.author, entry.author_role,
              entry.request);
    row.next();
    return row.integer(0);
}

/// What somebody typed or pressed.
bool is_same(const ChartMarkEntry& one, const ChartMarkEntry& other) {
    if (one.kind == ChartMarkKind::withdrawal)
        return one.kind == other.kind && one.about == other.about && one.reason == other.reason;
    const auto said = [](const ChartMarkEntry& entry) {
        return std::tie(entry.kind, entry.measure, entry.place, entry.from, entry.to, entry.millionths,
                        entry.text, entry.reason, entry.about);
    };
    return said(one) == said(other);
}

std::optional<ChartMarkEntry> entry_of_request(Database& database, const ChartMarkEntry& entry) {
    const auto stored = entries_where(database, "request = ?", entry.request);
    if (stored.empty()) return std::nullopt;
    if (stored.front().author != entry.author || !is_same(stored.front(), entry))
        throw ConflictError("this form was saved before with something else in it; look at it again before "
                            "you save");
    return stored.front();
}

std::string month_of(Day day) { return to_text(day).substr(0, 7); }

std::vector<ChartMarkEntry> in_order(const std::map<std::string, ChartMarkEntry>& by_month) {
    std::vector<ChartMarkEntry> marks;
    for (const auto& [month, mark] : by_month)
        marks.push_back(mark);
    return marks;
}

}  // namespace

std::string_view text_of(ChartMarkKind kind) { return kind_texts[static_cast<std::size_t>(kind)]; }

std::optional<ChartMarkKind> chart_mark_kind_of(std::string_view text) {
    return value_of<ChartMarkKind>(kind_texts, text);
}

ChartMarkEntry add_chart_mark(Database& database, const ChartMarkEntry& entry) {
    require_fitting(entry);
    WriteScope scope(database);
    // Held until what is added is visible: whoever reads a number can read all those below it.
    database.lock("chart marks");
    if (auto stored = entry_of_request(database, entry)) return std::move(*stored);
    ChartMarkEntry added = entry.kind == ChartMarkKind::withdrawal ? withdrawal_of(database, entry) : entry;
    const std::int64_t number = insert(database, added);
    added = entries_where(database, "number = ?", number).front();
    scope.commit();
    return added;
}

std::vector<ChartMarkEntry> chart_mark_entries(Database& database) {
    return entries_where(database, "number > ?", std::int64_t{0});
}

std::int64_t newest_chart_mark(Database& database) {
    return database.number("SELECT coalesce(max(number), 0) FROM chart_mark_entry");
}

std::optional<double> ChartMarks::target_in_month_of(Day day) const {
    const auto after = std::ranges::upper_bound(targets, month_of(day), {}, &ChartMarkEntry::from);
    if (after == targets.begin()) return std::nullopt;
    const auto& millionths = std::prev(after)->millionths;
    if (!millionths) return std::nullopt;
    return static_cast<double>(*millionths) / 1e6;
}

bool ChartMarks::is_excluded(Day day) const {
    return std::ranges::binary_search(excluded, month_of(day), {}, &ChartMarkEntry::from);
}

ChartMarks marks_of(const std::vector<ChartMarkEntry>& entries, std::string_view measure,
                    std::string_view place) {
    std::set<std::int64_t> withdrawn;
    for (const ChartMarkEntry& entry : entries)
        if (entry.kind == ChartMarkKind::withdrawal) withdrawn.insert(entry.about);
    std::array<std::map<std::string, ChartMarkEntry>, kind_texts.size()> by_month;
    ChartMarks marks;
    for (const ChartMarkEntry& entry : entries) {
        const bool is_of_all = entry.kind == ChartMarkKind::annotation && entry.measure.empty();
        if (entry.place != place || (entry.measure != measure && !is_of_all)) continue;
        if (entry.kind == ChartMarkKind::withdrawal || withdrawn.contains(entry.number)) continue;
        if (entry.kind == ChartMarkKind::annotation)
            marks.annotations.push_back(entry);
        else
            by_month[static_cast<std::size_t>(entry.kind)].insert_or_assign(entry.from, entry);
    }
    const auto of = [&](ChartMarkKind kind) { return in_order(by_month[static_cast<std::size_t>(kind)]); };
    marks.targets = of(ChartMarkKind::target);
    marks.baselines = of(ChartMarkKind::baseline);
    marks.rebases = of(ChartMarkKind::rebase);
    marks.excluded = of(ChartMarkKind::excluded);
    std::ranges::stable_sort(marks.annotations, {}, &ChartMarkEntry::from);
    return marks;
}

std::optional<std::int64_t> parse_target(std::string_view text) {
    constexpr std::size_t decimals = 6, most_digits = 7;
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view{};
    const auto are_digits = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > most_digits || !are_digits(whole) || !are_digits(fraction) ||
        fraction.size() > decimals || (point < text.size() && fraction.empty()))
        return std::nullopt;
    std::int64_t number = 0;
    for (const char digit : fmt::format("{}{:0<6}", whole, fraction))
        number = number * 10 + (digit - '0');
    constexpr std::int64_t most = 1'000'000'000'000;
    if (number > most) return std::nullopt;
    return number;
}

}  // namespace optimat
