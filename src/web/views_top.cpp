// The TOP tracker of a person: which profiles, and what became of each item. Rule outcome/change.

#include "web/views_person.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

[[noreturn]] void not_there(std::string_view what) {
    throw HttpError(400,
                    fmt::format("The address names a {} that is not there. Choose one from the list.", what));
}

/// A number from 1 to `most` as a place from 0.
std::size_t place_in_list(std::string_view text, std::size_t most, std::string_view what) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > most)
        not_there(what);
    return number - 1;
}

std::vector<std::uint32_t> episodes_begun(const Chunk& chunk, std::uint32_t client, Day as_at) {
    const Table& table = chunk.table(TableKind::episodes);
    const auto start = table.column<Day>(EpisodeField::start_date);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = table.rows_of(client).begin; row < table.rows_of(client).end; ++row)
        if (start[row] <= as_at) rows.push_back(row);
    return rows;
}

std::vector<std::size_t> chosen_profiles(Context& context, const TopTracker& tracker) {
    std::vector<std::size_t> chosen;
    for (const Parameter& parameter : context.request.query)
        if (parameter.name == "top")
            chosen.push_back(place_in_list(parameter.value, tracker.profiles.size(), "TOP"));
    if (chosen.empty())
        for (std::size_t i = 0; i < tracker.profiles.size(); ++i)
            chosen.push_back(i);
    std::ranges::sort(chosen);
    chosen.erase(std::ranges::unique(chosen).begin(), chosen.end());
    return chosen;
}

/// The start is always among them: outcomes are told from it.
void add_start(TopChoice& top) {
    if (!top.tracker.start || std::ranges::binary_search(top.shown, *top.tracker.start)) return;
    top.shown.insert(std::ranges::lower_bound(top.shown, *top.tracker.start), *top.tracker.start);
}

/// The latest chosen profile that is not the start: what the start is compared with.
std::optional<std::uint32_t> compared_row(const TopChoice& top) {
    for (std::size_t i = top.shown.size(); i-- > 0;)
        if (top.shown[i] != top.tracker.start) return top.tracker.profiles[top.shown[i]].row;
    return std::nullopt;
}

bool is_substance(TopField field) {
    return field == TopField::injecting_days || field == TopField::tobacco_days ||
           field == TopField::alcohol_units ||
           (field >= TopField::alcohol_days && field <= TopField::other_days);
}

DataCell answer_cell(const TopItem& item, std::optional<int> value) {
    if (!value) return DataCell::nothing();
    if (item.answer == TopItem::Answer::flag) return DataCell::words(*value == 1 ? "yes" : "no");
    return DataCell::count(*value);
}

/// `8 Nov 2017`: many stand side by side.
std::string short_date(Day day) { return fmt::format("{} {}", civil(day).day, month_name(day)); }

std::string profile_words(const TopDate& profile) {
    const std::string stage = code_words(text_of(codes::top_stage, profile.stage));
    return stage.empty() ? "not recorded" : stage;
}

}  // namespace

TopChoice read_top_choice(Context& context, const PersonChoice& choice) {
    const Figures& figures = context.figures();
    const Chunk& chunk = choice.chunk(figures);
    TopChoice top{episodes_begun(chunk, choice.place.client, choice.day(figures)), std::nullopt, {}, {}};
    if (top.episodes.empty()) return top;
    const std::string episode = context.parameter("episode");
    top.episode =
        episode.empty() ? top.episodes.size() - 1 : place_in_list(episode, top.episodes.size(), "episode");
    const std::uint32_t row = top.episodes[*top.episode];
    top.tracker = top_tracker(chunk, row, choice.day(figures), std::nullopt, figures.policy());
    top.shown = chosen_profiles(context, top.tracker);
    add_start(top);
    if (const auto compared = compared_row(top)) {
        top.tracker = top_tracker(chunk, row, choice.day(figures), compared, figures.policy());
    } else {
        for (TopCourse& course : top.tracker.courses)
            course.change = TopChange::not_comparable;
    }
    return top;
}

std::vector<const TopCourse*> answered_courses(const TopChoice& top) {
    std::vector<const TopCourse*> answered;
    for (const TopCourse& course : top.tracker.courses)
        if (std::ranges::any_of(top.shown, [&](std::size_t i) { return course.values[i].has_value(); }))
            answered.push_back(&course);
    return answered;
}

DataTable top_tracker_table(const TopChoice& top) {
    DataTable table{"top_tracker",
                    "Treatment Outcomes Profiles of the episode",
                    "The outcome compares the start with the latest chosen profile. Days are of the last 28; "
                    "health and quality "
                    "of life go from 0 (poor) to 20 (good). A dash: not recorded.",
                    {{"item", "Item", CellKind::words, ""}},
                    {},
                    1};
    for (const std::size_t i : top.shown) {
        const TopDate& profile = top.tracker.profiles[i];
        table.columns.push_back({to_text(profile.day) + (i == 0 ? "" : fmt::format("_{}", i + 1)),
                                 short_date(profile.day), CellKind::count, profile_words(profile)});
    }
    table.columns.push_back({"change", "Outcome", CellKind::words, ""});
    for (const TopCourse* course : answered_courses(top)) {
        std::vector<DataCell> row = {DataCell::words(item_words(course->item))};
        for (const std::size_t i : top.shown)
            row.push_back(answer_cell(course->item, course->values[i]));
        row.push_back(DataCell::words(std::string(change_words(*course))));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string_view change_words(const TopCourse& course) {
    switch (course.change) {
    case TopChange::abstinent:
        if (course.item.answer == TopItem::Answer::flag) return "no longer";
        return is_substance(course.item.field) ? "abstinent" : "none now";
    case TopChange::less:
        return "less";
    case TopChange::same:
        return "same";
    case TopChange::more:
        return "more";
    case TopChange::not_comparable:
        break;
    }
    return "not comparable";
}

std::string item_words(const TopItem& item) {
    std::string words = code_words(fields_of(TableKind::tops)[index_of(item.field)].name);
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

}  // namespace optimat
