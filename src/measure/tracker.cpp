#include "measure/tracker.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view group_texts[] = {
    "red", "amber", "green", "grey", "mat2_unbanded", "mat3_unbanded", "mat1", "mat4", "uncategorised"};
constexpr std::string_view group_words[] = {"MAT 2 below threshold, using on top",
                                            "MAT 2 at or above threshold, using on top",
                                            "MAT 3 at or above threshold, no use on top",
                                            "MAT 3 below threshold, no use on top",
                                            "MAT 2 with unknown dose band",
                                            "MAT 3 with unknown dose band",
                                            "MAT 1 induction",
                                            "MAT 4 detoxification",
                                            "Uncategorised: no recent TOP or drug screen"};

std::optional<double> share(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::string_view text_of(TrackerGroup group) { return group_texts[static_cast<std::size_t>(group)]; }
std::string_view words_for(TrackerGroup group) { return group_words[static_cast<std::size_t>(group)]; }

TrackerGroup tracker_group(const State& state) {
    switch (state.stage) {
    case Stage::mat1:
        return TrackerGroup::mat1;
    case Stage::mat4:
        return TrackerGroup::mat4;
    case Stage::uncategorised:
        return TrackerGroup::uncategorised;
    case Stage::mat2:
        if (state.band == Band::unknown) return TrackerGroup::mat2_unbanded;
        return state.band == Band::below ? TrackerGroup::red : TrackerGroup::amber;
    case Stage::mat3:
        break;
    }
    if (state.band == Band::unknown) return TrackerGroup::mat3_unbanded;
    return state.band == Band::below ? TrackerGroup::grey : TrackerGroup::green;
}

DoseSum& DoseSum::operator+=(const DoseSum& other) {
    micrograms += other.micrograms;
    people += other.people;
    return *this;
}

std::optional<double> DoseSum::mean_mg() const {
    if (people == 0) return std::nullopt;
    return static_cast<double>(micrograms) / 1000.0 / static_cast<double>(people);
}

std::int64_t TrackerCell::in_mat() const {
    std::int64_t sum = 0;
    for (const std::int64_t count : people)
        sum += count;
    return sum;
}

std::int64_t TrackerCell::in_cohorts() const {
    return of(TrackerGroup::red) + of(TrackerGroup::amber) + of(TrackerGroup::green) + of(TrackerGroup::grey);
}

std::optional<double> TrackerCell::cohort_share(TrackerGroup group) const {
    return share(of(group), in_cohorts());
}
std::optional<double> TrackerCell::share_of_all(TrackerGroup group) const {
    return share(of(group), in_mat());
}

DoseSum TrackerCell::average_methadone() const {
    DoseSum sum;
    for (const TrackerGroup group :
         {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey,
          TrackerGroup::mat2_unbanded, TrackerGroup::mat3_unbanded, TrackerGroup::uncategorised})
        sum += methadone_of(group);
    return sum;
}

TrackerCell& TrackerCell::operator+=(const TrackerCell& other) {
    for (std::size_t i = 0; i < tracker_group_count; ++i) {
        people[i] += other.people[i];
        methadone[i] += other.methadone[i];
    }
    return *this;
}

TrackerCell TrackerTable::at(std::size_t date, const Place& place) const {
    TrackerCell sum;
    for (const std::size_t service : place.services)
        sum += cells[date][service];
    return sum;
}

TrackerTable make_tracker(const Extract& extract, const States& states, ThreadCount threads) {
    using Cells = std::vector<std::vector<TrackerCell>>;
    const Cells empty(states.dates.size(), std::vector<TrackerCell>(extract.services.size()));
    std::vector<Cells> by_worker(std::max(1u, threads.number), empty);
    for_each_piece(states.chunks.size(), threads, [&](std::size_t chunk, unsigned worker) {
        for (const State& state : states.chunks[chunk]) {
            TrackerCell& cell = by_worker[worker][state.date][*state.service];
            const auto group = static_cast<std::size_t>(tracker_group(state));
            ++cell.people[group];
            if (state.medicine == Family::methadone && state.dose_known)
                cell.methadone[group].add(state.dose);
        }
    });
    TrackerTable table{states.dates, empty};
    for (const Cells& cells : by_worker)
        for (std::size_t date = 0; date < cells.size(); ++date)
            for (std::size_t service = 0; service < cells[date].size(); ++service)
                table.cells[date][service] += cells[date][service];
    return table;
}

std::vector<Day> tracker_dates(Day as_at, int months) {
    std::vector<Day> dates;
    const CivilDay last = civil(as_at);
    const Day first_of_month = *day_of(last.year, last.month, 1);
    for (int back = months - 1; back > 0; --back)
        dates.push_back(month_end(add_months(first_of_month, -back)));
    dates.push_back(as_at);
    return dates;
}

std::vector<Day> months_covered(Day covers_from, Day as_at, int most) {
    const CivilDay from = civil(covers_from), to = civil(as_at);
    const int months = (to.year - from.year) * 12 + to.month - from.month + 1;
    return tracker_dates(as_at, std::clamp(months, 1, most));
}

std::string column_label(Day day) {
    if (is_month_end(day)) return month_name(day);
    return fmt::format("to {} {}", civil(day).day, month_name(day));
}

}  // namespace optimat
