#include "web/views_measure_people.hpp"

#include "report/number_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace optimat {

namespace {

std::vector<std::uint8_t> outside_of(const MeasureDefinition& measure) {
    std::vector<std::uint8_t> parts;
    for (std::size_t part = 0; part < measure.function->parts.size(); ++part)
        if (const auto number = static_cast<std::uint8_t>(part);
            !std::ranges::binary_search(measure.denominator, number))
            parts.push_back(number);
    return parts;
}

std::vector<std::uint8_t> all_parts(const MeasureDefinition& measure) {
    std::vector<std::uint8_t> parts(measure.function->parts.size());
    for (std::size_t part = 0; part < parts.size(); ++part)
        parts[part] = static_cast<std::uint8_t>(part);
    return parts;
}

std::string_view client_of(const Figures& figures, const ListedItem& listed) {
    return figures.extract().chunks[listed.client.chunk].client_ids[listed.client.client];
}

std::vector<ListedItem> items_of(Context& context, const MeasureChoice& choice, const MeasurePart& part) {
    const Figures& figures = context.figures();
    std::vector<ListedItem> items =
        list_items(figures.extract(), figures.policy(), figures.dates(), *choice.measure->function,
                   choice.page.date, choice.page.place, ItemSpan::year, figures.threads());
    std::erase_if(items, [&](const ListedItem& listed) {
        return !std::ranges::binary_search(part.parts, listed.item.part);
    });
    std::ranges::sort(items, {}, [&](const ListedItem& listed) {
        return std::tuple(client_of(figures, listed), listed.item.day, listed.item.part, listed.item.value);
    });
    return items;
}

/// Of a mean: what the thing adds to it.
DataCell item_value(const MeasureDefinition& measure, const MeasureItem& item) {
    if (!std::ranges::binary_search(measure.numerator, item.part)) return DataCell::nothing();
    return value_cell({item.value, 1, 1, MeasureValue::mean, measure.function->unit});
}

DataTable table_for(const MeasureDefinition& measure) {
    DataTable table{"people",
                    "",
                    "Somebody is here once for each thing that is counted.",
                    {{"client_id", "Client", CellKind::words, ""},
                     {"service", "Service", CellKind::words, ""},
                     {"part", "Counted as", CellKind::words, ""}},
                    {},
                    1};
    if (measure.function->basis == MeasureBasis::cohort)
        table.columns.push_back({"day", "Day", CellKind::day, ""});
    if (measure.value == MeasureValue::mean)
        table.columns.push_back(
            {"value", fmt::format("Value, {}", unit_words(measure)), CellKind::decimal, ""});
    return table;
}

std::vector<DataCell> row_of(Context& context, const MeasureDefinition& measure, const ListedItem& listed) {
    const Figures& figures = context.figures();
    const FunctionText& text = context.site.measures().text(*measure.function);
    std::vector<DataCell> row = {DataCell::words(std::string(client_of(figures, listed)))
                                     .linked("/people/" + figures.reference_of(listed.client)),
                                 listed.item.service.has_value()
                                     ? DataCell::words(figures.extract().services[*listed.item.service].name)
                                     : DataCell::nothing(),
                                 DataCell::words(text.parts[listed.item.part].title)};
    if (measure.function->basis == MeasureBasis::cohort) row.push_back(DataCell::of_day(listed.item.day));
    if (measure.value == MeasureValue::mean) row.push_back(item_value(measure, listed.item));
    return row;
}

}  // namespace

std::vector<MeasurePart> measure_parts(Context& context, const MeasureDefinition& measure) {
    const FunctionText& text = context.site.measures().text(*measure.function);
    std::vector<MeasurePart> parts = {{"numerator", "Counted", measure.numerator}};
    if (measure.value == MeasureValue::share)
        parts.push_back({"denominator", "Of all of these", measure.denominator});
    if (const auto outside = outside_of(measure); !outside.empty() && measure.value != MeasureValue::rate)
        parts.push_back({"outside", "Not counted", outside});
    parts.push_back({"all", "Everything looked at", all_parts(measure)});
    for (std::size_t part = 0; part < text.parts.size(); ++part)
        parts.push_back({text.parts[part].name, text.parts[part].title, {static_cast<std::uint8_t>(part)}});
    return parts;
}

MeasurePart read_measure_part(Context& context, const MeasureDefinition& measure) {
    const std::string name = context.parameter("part");
    for (MeasurePart& part : measure_parts(context, measure))
        if (name == part.name || (name.empty() && part.name == "numerator")) return std::move(part);
    throw HttpError(400, "The address names a part of the measure that is not there. Choose from the list.");
}

PageFigures measure_people_figures(Context& context, const MeasureChoice& choice, const MeasurePart& part) {
    const Figures& figures = context.figures();
    if (!may_list(context.user().user, figures.extract(), choice.page.place))
        throw HttpError(
            403, "You can open lists of people at your own services only. Choose one of them as the place.");
    const std::vector<ListedItem> items = items_of(context, choice, part);
    const auto number = static_cast<std::int64_t>(items.size());
    DataTable table = table_for(*choice.measure);
    table.title = fmt::format("{}: {}, {}", choice.measure->title, part.words, count_text(number));
    for (const ListedItem& listed : items)
        table.rows.push_back(row_of(context, *choice.measure, listed));
    const std::string month = month_key(choice.page.day(figures));
    context.audit.place = choice.page.place_key;
    context.audit.subject = choice.measure->name;
    context.audit.detail = fmt::format("{}: {}, {}", part.name, count_text(number), month);
    return {fmt::format("{}: {}", choice.measure->title, place_and_day(figures, choice.page)),
            {{"measure", choice.measure->name},
             {"part", part.name},
             {"place", choice.page.place_key},
             {"month", month}},
            {std::move(table)},
            ""};
}

std::string measure_people_link(Context& context, const MeasureChoice& choice, std::string_view part,
                                std::int64_t number) {
    if (number == 0 || !may_list(context.user().user, context.figures().extract(), choice.page.place))
        return {};
    return fmt::format("{}?{}&part={}", choice.path("/people"), choice.query(context.figures()), part);
}

}  // namespace optimat
