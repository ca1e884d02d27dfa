#include "priority_extract.hpp"

namespace optimat::conformance {

Day day_of_date(std::chrono::year_month_day date) {
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

void write_priority_extract(const std::filesystem::path& folder, std::uint64_t seed) {
    RandomExtractOptions options;
    options.layout = RandomLayout::plain;
    options.faults = RandomFaults::none;
    write_random_extract(folder, seed, options);
    add_list_records(folder, seed, options.as_at);
}

PriorityExtract::PriorityExtract() : m_dates(RandomExtractOptions{}.as_at) {
    write_priority_extract(m_folder.path(), GetParam());
    std::vector<Day> days;
    for (const auto& date : m_dates)
        days.push_back(day_of_date(date));
    Settings settings;
    settings.chunk_count = 4;
    m_run = run_engine(m_folder.path(), days, settings);
}

Pictures PriorityExtract::pictures(Day as_at) const {
    return make_pictures(m_run.read.extract, m_policy, as_at, {1});
}

std::vector<ListRow> PriorityExtract::list(const Pictures& pictures, WorkList list,
                                           const Place& place) const {
    return work_list(m_run.read.extract, pictures, m_policy, list, place, m_nothing, {});
}

Place PriorityExtract::everywhere() const {
    return find_place(m_run.read.extract, PlaceKind::organisation, "");
}

std::string PriorityExtract::client_id(const PersonPicture& person) const {
    return std::string(m_run.read.extract.chunks[person.place.chunk].client_ids[person.place.client]);
}

std::string PriorityExtract::service_id(const PersonPicture& person) const {
    return person.service.has_value() ? m_run.read.extract.services[*person.service].service_id : "";
}

}  // namespace optimat::conformance
