#include "outcome_extract.hpp"

#include "random_extract.hpp"

namespace optimat::conformance {

namespace {

using std::chrono::year;

}  // namespace

const std::vector<std::chrono::year_month_day>& outcome_dates() {
    static const std::vector<std::chrono::year_month_day> dates = {
        year{2019} / 11 / 30, year{2019} / 12 / 31, year{2020} / 1 / 31, year{2020} / 2 / 29,
        year{2020} / 3 / 31,  year{2020} / 4 / 30,  year{2020} / 5 / 31, year{2020} / 6 / 15,
        year{2020} / 7 / 31,  year{2021} / 5 / 31};
    return dates;
}

std::vector<Day> outcome_days() {
    std::vector<Day> days;
    for (const auto& date : outcome_dates())
        days.push_back(
            Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())});
    return days;
}

void write_outcome_extract(const std::filesystem::path& folder, std::uint64_t seed) {
    RandomExtractOptions options;
    options.layout = RandomLayout::plain;
    options.faults = RandomFaults::none;
    options.clients = 44;
    options.as_at = outcome_dates();
    write_random_extract(folder, seed, options);
    add_outcome_records(folder, seed, options.as_at);
}

std::vector<std::chrono::year_month_day> holidays_of_england_and_wales() {
    return {year{2018} / 1 / 1,  year{2018} / 3 / 30, year{2018} / 4 / 2,   year{2018} / 5 / 7,
            year{2018} / 5 / 28, year{2018} / 8 / 27, year{2018} / 12 / 25, year{2018} / 12 / 26,
            year{2019} / 1 / 1,  year{2019} / 4 / 19, year{2019} / 4 / 22,  year{2019} / 5 / 6,
            year{2019} / 5 / 27, year{2019} / 8 / 26, year{2019} / 12 / 25, year{2019} / 12 / 26,
            year{2020} / 1 / 1,  year{2020} / 4 / 10, year{2020} / 4 / 13,  year{2020} / 5 / 8,
            year{2020} / 5 / 25, year{2020} / 8 / 31, year{2020} / 12 / 25, year{2020} / 12 / 28,
            year{2021} / 1 / 1,  year{2021} / 4 / 2,  year{2021} / 4 / 5,   year{2021} / 5 / 3,
            year{2021} / 5 / 31, year{2021} / 8 / 30, year{2021} / 12 / 27, year{2021} / 12 / 28};
}

OutcomeExtract::OutcomeExtract() {
    write_outcome_extract(m_folder.path(), GetParam());
    Settings settings;
    settings.chunk_count = 4;
    m_run = run_engine(m_folder.path(), {outcome_days().back()}, settings);
}

std::string OutcomeExtract::service_id(std::size_t service) const {
    return service < extract().services.size() ? extract().services[service].service_id : "";
}

}  // namespace optimat::conformance
