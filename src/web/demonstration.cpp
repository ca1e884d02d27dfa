#include "web/demonstration.hpp"

#include "measure/attribution.hpp"
#include "store/secrets.hpp"
#include "web/context.hpp"

#include <algorithm>
#include <map>

namespace optimat {

namespace {

constexpr std::string_view demonstration_password = "just to look around";
constexpr std::string_view demonstration_name_end = "@demonstration";

/// The largest service on the last day, and the keyworker there with most people.
struct Largest {
    std::string service, keyworker;
};

Largest largest_of(const Figures& figures) {
    const Extract& extract = figures.extract();
    const std::size_t date = figures.dates().size() - 1;
    std::map<std::size_t, std::map<std::string, int>> people;
    for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
        for (const State& state : figures.states().chunks[chunk])
            if (state.date == date)
                ++people[*state.service][std::string(
                    attribute(extract.chunks[chunk], state, figures.dates()[date]).keyworker)];
    const auto size = [](const auto& service) {
        int sum = 0;
        for (const auto& [keyworker, count] : service.second)
            sum += count;
        return sum;
    };
    const auto service = std::ranges::max_element(people, {}, size);
    if (service == people.end()) return {};
    service->second.erase("");
    const auto keyworker =
        std::ranges::max_element(service->second, {}, [](const auto& entry) { return entry.second; });
    return {extract.services[service->first].service_id,
            keyworker == service->second.end() ? "" : keyworker->first};
}

User account_of(Role role, const Largest& largest) {
    User user;
    user.role = role;
    user.name = std::string(words_for(role));
    user.name.front() = static_cast<char>(user.name.front() - 'a' + 'A');
    user.sign_in_name = std::string(text_of(role)) + std::string(demonstration_name_end);
    std::ranges::replace(user.sign_in_name, '_', '-');
    const bool of_service =
        role == Role::service_manager || role == Role::clinician || role == Role::recovery_worker;
    user.whole_organisation = !of_service;
    if (of_service && !largest.service.empty()) user.services = {largest.service};
    if (role == Role::recovery_worker) user.keyworker_id = largest.keyworker;
    return user;
}

}  // namespace

void make_demonstration_releases(Site& site) {
    const auto lease = site.stores().lease();
    const auto figures = site.figures(lease.store());
    if (!figures || !list_releases(lease.database()).empty()) return;
    const Extract& extract = figures->extract();
    const Day newest = newest_month_end(extract);
    const ReleaseSide side{figures->info(),
                           extract,
                           figures->policy(),
                           site.measures(),
                           site.options().definitions.text("measures.toml"),
                           store_secret(lease.database(), person_reference_secret),
                           figures->threads()};
    for (const Day as_at : {month_end(add_months(newest, -12)), newest}) {
        if (as_at < extract.covers_from || !is_month_end(as_at)) continue;
        NewRelease made = prepare_release(side, as_at);
        made.release.made = {utc_text(site.options().clock()),
                             account_of(Role::organisation_analyst, {}).sign_in_name,
                             std::string(text_of(Role::organisation_analyst))};
        made.release.reason = "Demonstration";
        made.release.request = random_text(24);
        make_release(lease.database(), std::move(made), site.measures(), site.policy());
    }
}

std::vector<DemonstrationAccount> make_demonstration_accounts(Site& site) {
    const auto lease = site.stores().lease();
    const auto figures = site.figures(lease.store());
    const Largest largest = figures ? largest_of(*figures) : Largest{};
    for (const User& user : list_users(lease.database()))
        if (!user.sign_in_name.ends_with(demonstration_name_end))
            throw UsageError(
                "--demonstration: this store has real users; give it a store of its own with --store");
    std::vector<DemonstrationAccount> accounts;
    for (std::size_t i = 0; i < role_count; ++i) {
        const User user = account_of(static_cast<Role>(i), largest);
        if (!find_user_by_name(lease.database(), user.sign_in_name))
            add_user(lease.database(), user, hash_password(demonstration_password),
                     utc_text(site.options().clock()));
        accounts.push_back({user.sign_in_name, std::string(demonstration_password), user.name});
    }
    return accounts;
}

}  // namespace optimat
