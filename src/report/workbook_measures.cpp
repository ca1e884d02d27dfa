// The Measures sheet: every measure of the place that is chosen, beside the organisation. To the right,
// beyond what is printed, each measure of every place, from which the chosen place is looked up.

#include "report/measure_beside.hpp"
#include "report/workbook_sheets.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t title_column = 1, value_column = 2, organisation_column = 9, unit_column = 10,
                        words_column = 11, first_place_column = 13;
constexpr std::uint32_t key_row = 2, heading_row = 4, first_row = 5;

/// What is looked up, each a block of columns with one for every place, in the order of the table's columns.
constexpr const char* blocks[] = {"Here",   "Lower 95 %",  "Upper 95 %",  "Of these",
                                  "Of all", "Not counted", "Person-years"};
constexpr std::size_t block_count = std::size(blocks);

std::string_view number_format(const MeasureDefinition& measure, std::size_t block) {
    if (block < 3) return measure.value == MeasureValue::share ? formats::percent1 : formats::decimal1;
    return block + 1 == block_count ? formats::decimal1 : formats::count;
}

Value number_of(const DataCell& cell) {
    if (cell.kind == CellKind::none) return {};
    return static_cast<double>(cell.numerator) / static_cast<double>(cell.denominator);
}

/// The figures of a measure at a place, one for each block. Rates alone have an interval: they are small
/// numbers.
std::array<Value, block_count> figures_of(const MeasureDefinition& measure, const MeasureFigure& figure) {
    const auto interval = measure.value == MeasureValue::rate ? interval_of(figure) : std::nullopt;
    return {value_of(figure.value()),
            interval ? Value(interval->low) : Value(),
            interval ? Value(interval->high) : Value(),
            number_of(numerator_cell(figure)),
            number_of(denominator_cell(figure)),
            number_of(outside_cell(figure)),
            number_of(person_years_cell(figure))};
}

/// The twelve months that figures of what begins in a month need, however many the workbook shows.
std::vector<Day> dates_of(const WorkbookRequest& request) {
    constexpr int months_of_year = 12;
    return months_covered(request.extract.covers_from, request.states.dates.back(), months_of_year);
}

class MeasuresSheet {
  public:
    MeasuresSheet(const Source& source, Sheet& sheet)
        : m_source(source),
          m_sheet(sheet),
          m_grid(make_measure_grid(source.request.extract, source.request.policy, dates_of(source.request),
                                   source.request.threads)),
          m_places(static_cast<std::uint16_t>(source.figures.places.size())) {}

    void write() {
        write_title(m_sheet, "Measures", m_source.heading);
        write_chosen_place(m_source, m_sheet, {2, title_column});
        write_headings();
        std::uint32_t row = first_row;
        for (const MeasureGroup& group : m_source.request.measures.groups) {
            m_sheet.join({row, title_column}, words_column, section_style());
            m_sheet.text({row, title_column}, group.title, section_style());
            ++row;
            for (const MeasureDefinition* measure : chosen_measures(m_source.request.measures, group.id))
                write_measure(*measure, group, row++);
        }
        m_sheet.text(
            {row + 1, title_column},
            "Not counted: looked at and in neither number, because it is too recent, not known or not "
            "meant. What begins in a month is of the twelve months. Completions are to be read "
            "together with retention, returns and deaths, which stand under them.",
            {.size = 8, .colour = colours::muted});
        set_up(row + 1);
    }

  private:
    Cell place_cell(std::size_t block, std::uint16_t place, std::uint32_t row) const {
        return {row, static_cast<std::uint16_t>(first_place_column + block * (m_places + 1u) + place)};
    }

    void write_headings() {
        std::vector<std::pair<std::uint16_t, const char*>> headings = {
            {title_column, "Measure"},
            {organisation_column, "Organisation"},
            {unit_column, "Unit"},
            {words_column, "Of what"}};
        for (std::size_t block = 0; block < block_count; ++block)
            headings.emplace_back(static_cast<std::uint16_t>(value_column + block), blocks[block]);
        for (const auto& [column, words] : headings)
            m_sheet.text(
                {heading_row, column}, words,
                heading_style(column > title_column && column < unit_column ? Align::right : Align::left));
        for (std::uint16_t place = 0; place < m_places; ++place)
            m_sheet.number(place_cell(0, place, key_row), static_cast<double>(key_of_place(place)),
                           {.size = 8, .colour = colours::faint});
        for (std::size_t block = 0; block < block_count; ++block) {
            m_sheet.text(place_cell(block, 0, heading_row - 1), blocks[block], heading_style());
            for (std::uint16_t place = 0; place < m_places; ++place)
                m_sheet.text(place_cell(block, place, heading_row), m_source.figures.places[place].label,
                             heading_style(Align::right));
        }
    }

    /// The chosen place's cell of a block, by the keys above the first one: labels might hold what looks up
    /// like *.
    std::string looked_up(std::size_t block, std::uint32_t row) const {
        const auto last = static_cast<std::uint16_t>(m_places - 1);
        const std::string found =
            fmt::format("INDEX({}:{},MATCH({},{}:{},0))", address(place_cell(block, 0, row)),
                        address(place_cell(block, last, row)), names::chosen_key,
                        address(place_cell(0, 0, key_row)), address(place_cell(0, last, key_row)));
        return fmt::format("IFERROR(IF(ISBLANK({0}),\"\",{0}),\"\")", found);
    }

    /// A measure of another group stands there because the one before it must not stand alone.
    void write_measure(const MeasureDefinition& measure, const MeasureGroup& group, std::uint32_t row) {
        const auto figure_at = [&](const Place& place) {
            return figure_of(measure, m_grid.of_year(*measure.function, m_grid.dates().size() - 1, place));
        };
        for (std::uint16_t place = 0; place < m_places; ++place) {
            const auto figures = figures_of(measure, figure_at(m_source.figures.places[place].place));
            for (std::size_t block = 0; block < block_count; ++block)
                if (const auto* number = std::get_if<double>(&figures[block]))
                    m_sheet.number(place_cell(block, place, row), *number,
                                   body_style(number_format(measure, block)));
        }
        const auto here = figures_of(measure, figure_at(m_source.figures.here().place));
        m_sheet.text({row, title_column}, (measure.group == group.id ? "" : "   ") + measure.title,
                     body_style());
        for (std::uint16_t block = 0; block < block_count; ++block)
            m_sheet.live({row, static_cast<std::uint16_t>(value_column + block)},
                         {looked_up(block, row), here[block]}, body_style(number_format(measure, block)));
        m_sheet.number({row, organisation_column}, figure_at(m_source.figures.organisation().place).value(),
                       body_style(number_format(measure, 0)));
        m_sheet.text({row, unit_column}, unit_words(measure), {.line = Line::below, .indent = 1});
        m_sheet.text({row, words_column}, denominator_words(measure, m_grid, m_grid.dates().size() - 1),
                     body_style());
    }

    void set_up(std::uint32_t last_row) {
        m_sheet.column_width(0, 0, 2.3);
        m_sheet.column_width(title_column, title_column, 46);
        m_sheet.column_width(value_column, organisation_column, 11);
        m_sheet.column_width(unit_column, unit_column, 19);
        m_sheet.column_width(words_column, words_column, 84);
        m_sheet.column_width(first_place_column, place_cell(block_count - 1, m_places, 0).column, 11);
        m_sheet.freeze({first_row, value_column});
        m_sheet.hide_grid();
        m_sheet.for_printing(m_source.heading, m_source.request.provenance.line(), 0);
        m_sheet.repeat_rows(heading_row, heading_row);
        m_sheet.print_area({0, 0}, {last_row, words_column});
        m_sheet.tab_colour(colours::slate);
    }

    const Source& m_source;
    Sheet& m_sheet;
    MeasureGrid m_grid;
    std::uint16_t m_places;
};

}  // namespace

void write_measures(const Source& source, Sheet& sheet) { MeasuresSheet(source, sheet).write(); }

}  // namespace optimat::workbook
