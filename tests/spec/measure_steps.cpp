#include "base/error.hpp"
#include "measure_rows.hpp"
#include "steps.hpp"

#include <charconv>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

constexpr PlaceKind place_kinds[] = {PlaceKind::organisation, PlaceKind::region, PlaceKind::area,
                                     PlaceKind::peer_group, PlaceKind::service};

PlaceKind kind_argument(const SpecStep& step, const std::string& text) {
    for (const PlaceKind kind : place_kinds)
        if (text_of(kind) == text) return kind;
    throw SpecError(
        step.line,
        fmt::format("'{}' is no kind of place; write organisation, region, area, peer_group or service",
                    text));
}

int months_argument(const SpecStep& step, const std::string& text) {
    int months = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), months);
    if (error != std::errc{} || end != text.data() + text.size() || months < 1)
        throw SpecError(step.line, "the number of months is a whole number from 1");
    return months;
}

void track(CaseRun& run, const SpecStep& step, const std::vector<std::string>& arguments) {
    const PlaceKind kind = kind_argument(step, arguments[2]);
    run.classify(step.line,
                 tracker_dates(day_argument(step, arguments[0]), months_argument(step, arguments[1])));
    run.tracked = TrackedPlaces{make_tracker(run.extract(step.line), run.states(step.line), {1}), {}};
    for (const Place& place : places_of(run.extract(step.line)))
        if (place.kind == kind) run.tracked->places.push_back(place);
}

void take_service_data(CaseRun& run, const SpecStep& step, const std::vector<std::string>& arguments) {
    run.classify(step.line, {day_argument(step, arguments[0])});
    run.service_data = ServiceDataTaken{
        make_service_data(run.extract(step.line), run.states(step.line), 0, run.policy(), {1}),
        place_argument(run, step, arguments[1])};
}

void take_flows(CaseRun& run, const SpecStep& step, const std::vector<std::string>& arguments) {
    const Day before = day_argument(step, arguments[0]), now = day_argument(step, arguments[1]);
    if (now <= before) throw SpecError(step.line, "the second date is later than the first");
    run.classify(step.line, {before, now});
    const Place place = place_argument(run, step, arguments[2]);
    run.flows = FlowsTaken{make_flows(run.extract(step.line), run.states(step.line), 0, 1, {place}).at(0)};
}

}  // namespace

Place place_argument(const CaseRun& run, const SpecStep& step, const std::string& text) {
    if (text == "the organisation") return find_place(run.extract(step.line), PlaceKind::organisation, "");
    const std::size_t space = std::min(text.find(' '), text.size() - 1);
    try {
        return find_place(run.extract(step.line), kind_argument(step, text.substr(0, space)),
                          text.substr(space + 1));
    } catch (const UsageError& error) {
        throw SpecError(step.line, error.what());
    }
}

std::vector<Step> measure_steps() {
    return {
        {"When tracked at DATE for NUMBER months by KIND", Takes::nothing,
         "The service tracker of so many months, the last of which is the date, of every organisation, "
         "region, area, "
         "peer_group or service.",
         "", [](CaseRun& run, const SpecStep& step, const auto& arguments) { track(run, step, arguments); }},
        {"When service data is taken at DATE for PLACE", Takes::nothing,
         "The place is `the organisation`, or a kind and its id: `service S1`, `region North`.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_service_data(run, step, arguments);
         }},
        {"When flows are taken from DATE to DATE for PLACE", Takes::nothing,
         "Where the people of the place stood at the first date and stand at the second.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) { take_flows(run, step, arguments); }},
        {"Then the tracker is exactly", Takes::table,
         "A row a date and place. `red_percent` … are shares of red + amber + green + grey, "
         "`uncategorised_percent` of all "
         "in MAT; means are of methadone, `mean_methadone_mg` over MAT2, MAT3 and uncategorised.",
         column_words(tracker_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, tracker_rows(run, step.line), Extent::exactly, run.complain);
         }},
        {"Then service data rows are", Takes::table, "Some rows of the sheet. `percent` is of all in MAT.",
         column_words(service_data_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, service_data_rows_of(run, step.line), Extent::named_rows,
                     run.complain);
         }},
        {"Then the spread of services is", Takes::table,
         "How a row's percentage lies among the services that have anybody in MAT.",
         column_words(spread_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, spread_rows(run, step.line), Extent::named_rows, run.complain);
         }},
        {"Then the people of NAME by KIND are exactly", Takes::table,
         "A row of service data broken down by prescriber, team, keyworker, medicine, sex, age_band, "
         "time_in_treatment or "
         "collection.",
         column_words(breakdown_columns()),
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             compare(step, *step.table, breakdown_rows(run, step.line, arguments[0], arguments[1]),
                     Extent::exactly, run.complain);
         }},
        {"Then the doses of NAME on MEDICINE are", Takes::table,
         "The range of known doses in mg among the people of a row of service data.",
         column_words(dose_range_columns()),
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             compare(step, *step.table, dose_range_rows(run, step.line, arguments[0], arguments[1]),
                     Extent::exactly, run.complain);
         }},
        {"Then flows are exactly", Takes::table, "Every way that anybody went.", column_words(flow_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, flow_rows(run, step.line), Extent::exactly, run.complain);
         }},
    };
}

}  // namespace optimat::spec
