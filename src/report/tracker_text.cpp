#include "report/tracker_text.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace optimat {

namespace {

/// The stack from left to right: how each cohort is drawn and named.
struct Cohorts {
    TrackerGroup group;
    Ink ink;
    char letter;
    std::string_view head;
};
constexpr Cohorts stack[] = {{TrackerGroup::red, Ink::red, 'R', "Red"},
                             {TrackerGroup::amber, Ink::amber, 'A', "Amber"},
                             {TrackerGroup::green, Ink::green, 'G', "Green"},
                             {TrackerGroup::grey, Ink::grey, '.', "Grey"}};

std::string stacked_bar(const TrackerCell& cell, std::size_t columns, const Terminal& terminal) {
    std::vector<std::int64_t> parts;
    for (const Cohorts& part : stack)
        parts.push_back(cell.of(part.group));
    const auto cells = bar_cells(parts, columns);
    std::string bar;
    for (std::size_t i = 0; i < cells.size(); ++i)
        bar += paint_block(terminal, stack[i].ink, std::string(cells[i], stack[i].letter));
    return bar;
}

std::string whole_percent(std::int64_t part, std::int64_t whole) { return percent_text(part, whole, 1); }

/// Columns that the shares beside the bar take at most, with the spaces between, but for the month.
constexpr std::size_t beside_bar = 46;
constexpr std::size_t least_bar = 8, longest_bar = 60;

std::string shares_table(const TrackerSeries& series, const Terminal& terminal) {
    std::size_t taken = beside_bar;
    for (const Day day : series.dates)
        taken = std::max(taken, beside_bar + columns_of(column_label(day)));
    const std::size_t room = terminal.width >= taken + least_bar ? terminal.width - taken : 0;
    const std::size_t bar = std::min(room, longest_bar);
    TextTable table(terminal);
    table.add_column("Month", Align::left);
    if (bar != 0) table.add_column(pad_right("Red to grey", bar), Align::left);
    for (const Cohorts& part : stack)
        table.add_column(std::string(part.head), Align::right);
    table.add_column("Uncat.", Align::right);
    for (std::size_t i = 0; i < series.dates.size(); ++i) {
        const TrackerCell& cell = series.cells[i];
        std::vector<std::string> row = {column_label(series.dates[i])};
        if (bar != 0) row.push_back(stacked_bar(cell, bar, terminal));
        for (const Cohorts& part : stack)
            row.push_back(whole_percent(cell.of(part.group), cell.in_cohorts()));
        row.push_back(whole_percent(cell.of(TrackerGroup::uncategorised), cell.in_mat()));
        table.add_row(std::move(row));
    }
    return table.text();
}

std::string people_table(const TrackerSeries& series, const Terminal& terminal) {
    TextTable table(terminal);
    for (const std::string_view head :
         {"Month", "In MAT", "Red", "Amber", "Green", "Grey", "Uncat.", "MAT1", "MAT4", "Unbanded"})
        table.add_column(std::string(head), head == "Month" ? Align::left : Align::right);
    for (std::size_t i = 0; i < series.dates.size(); ++i) {
        const TrackerCell& cell = series.cells[i];
        std::vector<std::string> row = {column_label(series.dates[i]), count_text(cell.in_mat())};
        for (const Cohorts& part : stack)
            row.push_back(count_text(cell.of(part.group)));
        for (const TrackerGroup group : {TrackerGroup::uncategorised, TrackerGroup::mat1, TrackerGroup::mat4})
            row.push_back(count_text(cell.of(group)));
        row.push_back(
            count_text(cell.of(TrackerGroup::mat2_unbanded) + cell.of(TrackerGroup::mat3_unbanded)));
        table.add_row(std::move(row));
    }
    return table.text();
}

std::string dose_table(const TrackerSeries& series, const Terminal& terminal) {
    TextTable table(terminal);
    for (const std::string_view head : {"Month", "Red", "Amber", "Green", "Grey", "Average", "People"})
        table.add_column(std::string(head), head == "Month" ? Align::left : Align::right);
    for (std::size_t i = 0; i < series.dates.size(); ++i) {
        const TrackerCell& cell = series.cells[i];
        std::vector<std::string> row = {column_label(series.dates[i])};
        for (const Cohorts& part : stack)
            row.push_back(mean_mg_text(cell.methadone_of(part.group), 1).value_or(std::string(no_figure)));
        const DoseSum average = cell.average_methadone();
        row.push_back(mean_mg_text(average, 1).value_or(std::string(no_figure)));
        row.push_back(count_text(average.people));
        table.add_row(std::move(row));
    }
    return table.text();
}

/// `6 more red (518)`.
std::string difference(std::int64_t before, std::int64_t now, std::string_view what) {
    if (before == now) return fmt::format("as many {} ({})", what, count_text(now));
    const std::int64_t size = now > before ? now - before : before - now;
    return fmt::format("{} {} {} ({})", count_text(size), now > before ? "more" : "fewer", what,
                       count_text(now));
}

std::string share_change(const TrackerCell& before, const TrackerCell& now, TrackerGroup group, bool of_all) {
    const auto share = [&](const TrackerCell& cell) {
        return whole_percent(cell.of(group), of_all ? cell.in_mat() : cell.in_cohorts());
    };
    return fmt::format("from {} to {}", share(before), share(now));
}

std::string legend(const Terminal& terminal) {
    std::string text;
    for (const Cohorts& part : stack) {
        const std::string letter = paint_block(terminal, part.ink, std::string(1, part.letter));
        text += fmt::format("  {} {}  {}\n", letter, pad_right(part.head, 5), words_for(part.group));
    }
    return text;
}

}  // namespace

TrackerSeries tracker_series(const TrackerTable& table, const Place& place) {
    TrackerSeries series{place, table.dates, {}};
    for (std::size_t date = 0; date < table.dates.size(); ++date)
        series.cells.push_back(table.at(date, place));
    return series;
}

std::string words_for(const Place& place) {
    switch (place.kind) {
    case PlaceKind::organisation:
        return "the whole organisation";
    case PlaceKind::region:
        return "region";
    case PlaceKind::area:
        return "area";
    case PlaceKind::peer_group:
        return "peer group";
    case PlaceKind::service:
        break;
    }
    return "service " + place.id;
}

std::vector<std::size_t> bar_cells(const std::vector<std::int64_t>& parts, std::size_t columns) {
    const std::int64_t whole = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    std::vector<std::size_t> cells(parts.size(), 0);
    if (whole == 0 || columns == 0) return cells;
    // Ends are rounded, not widths, so that the widths sum to the bar and no end is off by more than half a
    // cell.
    std::int64_t sum = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        sum += parts[i];
        const auto end =
            static_cast<std::size_t>((sum * static_cast<std::int64_t>(columns) * 2 + whole) / (whole * 2));
        cells[i] = end - last;
        last = end;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto widest = std::ranges::max_element(cells);
        if (parts[i] == 0 || cells[i] != 0 || *widest < 2) continue;
        --*widest;
        cells[i] = 1;
    }
    return cells;
}

std::string tracker_sentence(const TrackerSeries& series) {
    const TrackerCell& now = series.cells.back();
    const auto red = TrackerGroup::red, uncategorised = TrackerGroup::uncategorised;
    if (series.dates.size() < 2)
        return fmt::format(
            "On {} there were {} in MAT; {} of the four cohorts were red and {} of all in MAT uncategorised.",
            long_date(series.dates.back()), people_text(now.in_mat()),
            whole_percent(now.of(red), now.in_cohorts()), whole_percent(now.of(uncategorised), now.in_mat()));
    const TrackerCell& before = series.cells[series.cells.size() - 2];
    std::string text =
        fmt::format("Since {}: {}, {} and {}", column_label(series.dates[series.dates.size() - 2]),
                    difference(before.in_mat(), now.in_mat(), "people in MAT"),
                    difference(before.of(red), now.of(red), "red"),
                    difference(before.of(uncategorised), now.of(uncategorised), "uncategorised"));
    const std::size_t first = series.dates.size() > 2 ? 0 : series.dates.size() - 2;
    return text +
           fmt::format("; since {} red went {} of the four cohorts and uncategorised {} of all in MAT.",
                       column_label(series.dates[first]), share_change(series.cells[first], now, red, false),
                       share_change(series.cells[first], now, uncategorised, true));
}

void write_tracker_text(const TrackerSeries& series, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink) {
    const TrackerCell& now = series.cells.back();
    std::string text = paint(terminal, Ink::strong,
                             cut_to("Service tracker · " + printable(series.place.name), terminal.width)) +
                       '\n';
    text += cut_to(fmt::format("{}, as at {}", printable(words_for(series.place)),
                               long_date(series.dates.back())),
                   terminal.width) +
            "\n\n";
    text += wrapped(
        fmt::format("{} in MAT, {} of them in the four cohorts and {} uncategorised ({} of all in MAT).",
                    people_text(now.in_mat()), count_text(now.in_cohorts()),
                    count_text(now.of(TrackerGroup::uncategorised)),
                    whole_percent(now.of(TrackerGroup::uncategorised), now.in_mat())),
        terminal.width);
    text += wrapped(tracker_sentence(series), terminal.width) + '\n';
    text += wrapped("Shares: red to grey of the people in these four, uncategorised of all in MAT",
                    terminal.width);
    text += shares_table(series, terminal) + legend(terminal) + '\n';
    text += "People\n" + people_table(series, terminal) + '\n';
    text += "Mean methadone dose in mg a day, over people on methadone whose dose is known\n" +
            dose_table(series, terminal);
    text += wrapped("  Average: MAT 2, MAT 3 and uncategorised together; People: how many it rests on.",
                    terminal.width, 2) +
            '\n';
    text += paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
    sink(text);
}

}  // namespace optimat
