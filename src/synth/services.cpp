#include "synth/services.hpp"

#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace optimat::synth {

namespace {

constexpr std::array first_words = {
    "Harbour",  "Millbrook", "Orchard",   "Beacon",    "Larkfield", "Canal",     "Foundry",  "Willow",
    "Quayside", "Station",   "Mapleton",  "Bridge",    "Market",    "Kestrel",   "Ashgrove", "Weaver",
    "Lantern",  "Castle",    "Meadow",    "Priory",    "Rowan",     "Wharf",     "Juniper",  "Crescent",
    "Hillside", "Chapel",    "Jessamy",   "Saltmarsh", "Pinewood",  "Riverside", "Compass",  "Granary",
    "Heron",    "Linden",    "Northgate", "Parkview",  "Cobble",    "Sycamore",  "Tannery",  "Upland",
    "Vale",     "Windmill",  "Hazel",     "Coppice",   "Fern",      "Oakham",    "Thistle",  "Elder"};
constexpr std::array second_words = {"Street", "House", "Centre", "Place", "Court",
                                     "Lane",   "Hub",   "Rooms",  "Gate",  "Works"};
constexpr std::array regions = {"North", "East", "South", "West", "Central", "Coastal"};
constexpr std::array areas = {"Alderdale",     "Brackenshire",  "Corvale",    "Dunmere",
                              "Eskholm",       "Fallowdown",    "Glenharrow", "Heathmoor",
                              "Inverlea",      "Kingsmarsh",    "Lowenbury",  "Marlstone",
                              "Netherby Vale", "Oxenford Dale", "Penhallow",  "Quernmoor"};

constexpr std::size_t harbour = 0, millbrook = 1;  // the services of Figures 4 and 8
constexpr int figure_4_size = 440;                 // people at that service on the last day
constexpr std::size_t least_for_special_kinds = 20;
constexpr int least_months_for_changes = 24;  // of services: opening late, closing

std::string name_of(std::size_t index) {
    const std::size_t first = index % first_words.size();
    const std::size_t round = index / first_words.size();
    std::string name =
        fmt::format("{} {}", first_words[first], second_words[(round + index) % second_words.size()]);
    if (round >= second_words.size()) name += fmt::format(" {}", round / second_words.size() + 1);
    return name;
}

Character character(Random& random) {
    Character drawn;
    drawn.on_top = random.between(68, 135);
    drawn.below = random.between(65, 145);
    drawn.uncategorised = 25 + random.below(90) + random.below(90);
    drawn.induction = random.between(55, 145);
    drawn.detox = random.between(30, 190);
    drawn.buprenorphine = random.between(45, 185);
    drawn.supervision = random.between(50, 150);
    drawn.dose = random.between(-2, 2);
    return drawn;
}

void give_kinds(std::vector<Service>& services, const Period& period) {
    const std::size_t count = services.size();
    if (count < least_for_special_kinds) return;
    for (std::size_t i = 6; i < count; i += 9)
        services[i].kind = ServiceKind::shared_care;
    services[count / 2].kind = ServiceKind::prison;
    services[count / 2 + 1].kind = ServiceKind::inpatient;
    if (period.months < least_months_for_changes) return;
    Service& closing = services[count - 1];
    closing.kind = ServiceKind::community;
    closing.closed = month_end(add_months(period.covers_from, period.months / 3));
    closing.merged_into = 2;
    for (const std::size_t late : {std::size_t{5}, std::size_t{8}})
        services[late].prescribing_from = add_months(period.covers_from, 7 + static_cast<int>(late));
}

/// A service's share of the people: the square of an even spread gives few large services and many small
/// ones.
int size_weight(std::size_t rank, std::size_t count) {
    const auto position = static_cast<std::int64_t>(2 * rank + 1),
               whole = static_cast<std::int64_t>(2 * count);
    return static_cast<int>(80 + 1120 * position * position / (whole * whole));
}

void give_sizes(std::vector<Service>& services, int clients, Random& random) {
    const std::size_t count = services.size();
    std::vector<std::size_t> ranks(count);
    std::iota(ranks.begin(), ranks.end(), std::size_t{0});
    random.shuffle(std::span(ranks));
    std::vector<int> weights(count);
    int left = clients;
    for (std::size_t i = 0; i < count; ++i) {
        Service& service = services[i];
        weights[i] = size_weight(ranks[i], count);
        if (service.closed) weights[i] = 0;
        if (service.kind == ServiceKind::prison) weights[i] = 95;
        if (service.kind == ServiceKind::inpatient) weights[i] = 80;
        if (service.role == FigureRole::none) continue;
        service.in_mat = service.role == FigureRole::figure_8 ? published::figure_8.in_mat : figure_4_size;
        left -= service.in_mat;
        weights[i] = 0;
    }
    const std::vector<int> sizes = apportion(left, weights);
    for (std::size_t i = 0; i < count; ++i)
        services[i].in_mat += sizes[i];
}

void give_staff(Service& service) {
    service.prescribers = 2 + service.in_mat / 70;
    service.keyworkers = 2 + service.in_mat / 42;
    service.teams = 1 + service.in_mat / 260;
    service.pharmacies = 2 + service.in_mat / 18;
    service.peer_group = service.kind == ServiceKind::prison      ? "secure"
                         : service.kind == ServiceKind::inpatient ? "inpatient"
                         : service.in_mat >= 600                  ? "large"
                         : service.in_mat >= 250                  ? "medium"
                                                                  : "small";
}

}  // namespace

std::vector<Service> invent_services(int clients, int count, const Period& period, Random random) {
    std::vector<Service> services(static_cast<std::size_t>(count));
    const bool figures =
        clients >= published::least_clients_with_figures && count >= published::least_services_with_figures;
    for (std::size_t i = 0; i < services.size(); ++i) {
        Service& service = services[i];
        service.service_id = fmt::format("S{:04}", i + 1);
        service.name = name_of(i);
        service.region = regions[i % regions.size()];
        service.area = areas[(i / 2 * 5 + i % 2) % areas.size()];
        service.opened = period.covers_from - random.between(400, 7000);
        service.character = character(random);
    }
    if (figures) services[millbrook].role = FigureRole::figure_8;
    if (figures && period.months >= 12) services[harbour].role = FigureRole::figure_4;
    give_kinds(services, period);
    give_sizes(services, clients, random);
    for (Service& service : services)
        give_staff(service);
    return services;
}

}  // namespace optimat::synth
