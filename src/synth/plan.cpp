#include "synth/plan.hpp"

#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

enum Stream : std::uint64_t {
    services_stream = 1,
    targets_stream,
    figure_4_stream,
    clients_stream,
    inventories_stream
};

constexpr int induction_days = 28;
constexpr int censoring_days = 4;
constexpr int days_clear_of_comparison = 12;  // between the comparison day and what may not touch it

// Flow through the organisation, in per mille of the people in MAT: what makes about a sixth of them stand in
// induction in every month, as published, without the organisation growing.
constexpr int between_spells_per_mille = 265;
constexpr int leavers_per_mille_a_month = 17;
constexpr int churning_of_induction = 87, churning_of_others = 44;  // percent

Temper temper_of(Standing standing, const Service& service, Random& random) {
    if (service.kind == ServiceKind::prison || service.kind == ServiceKind::inpatient)
        return Temper::churning;
    const bool induction = standing == Standing::induction;
    return random.percent(induction ? churning_of_induction : churning_of_others) ? Temper::churning
                                                                                  : Temper::settled;
}

/// How long the current spell has run: memoryless beyond induction, as for any spell looked at on a chance
/// day.
int spell_day_of(const Target& target, Temper temper, const Period& period, Random& random) {
    if (target.standing == Standing::induction) {
        const int longest = std::min(induction_days, period.last - period.covers_from - censoring_days);
        return random.between(1, longest);
    }
    const int after_course = target.course == Course::steady ? 0 : 80;
    return induction_days + 1 + after_course + random.wait(mean_spell(temper));
}

ClientPlan stays(const Target& target, const Plan& plan, Random& random) {
    ClientPlan client;
    client.now = target;
    client.service = target.service;
    client.temper = temper_of(target.standing, plan.services[target.service], random);
    client.spell_day = spell_day_of(target, client.temper, plan.period, random);
    client.last_covered = plan.period.last;
    return client;
}

ClientPlan leaves(Leaving leaving, std::size_t service, const Plan& plan, Random& random) {
    ClientPlan client;
    client.service = static_cast<std::uint16_t>(service);
    client.leaving = leaving;
    const bool churning = plan.services[service].kind == ServiceKind::prison || random.percent(80);
    client.temper = churning ? Temper::churning : Temper::settled;
    const int span = plan.period.last - plan.period.covers_from;
    const int days_ago = leaving == Leaving::between_spells ? 1 + random.wait(42) : random.between(1, span);
    client.last_covered = plan.period.last - days_ago;
    const Service& last = plan.services[service];
    if (last.closed && client.last_covered >= *last.closed)
        client.service = static_cast<std::uint16_t>(*last.merged_into);
    client.spell_day = 0;
    return client;
}

/// Nobody of the Figure 4 service is in MAT on the comparison day but those the figure counts.
void keep_clear_of_comparison(std::vector<ClientPlan>& clients, const Plan& plan) {
    const Day comparison = plan.period.comparison;
    for (ClientPlan& client : clients) {
        if (plan.services[client.service].role != FigureRole::figure_4 || client.then) continue;
        const int since = client.last_covered - comparison;
        if (since < 0) continue;
        client.absent_on_comparison_day = true;
        if (since <= days_clear_of_comparison) client.last_covered = comparison - 1;
        client.spell_day = std::min(client.spell_day, since - days_clear_of_comparison);
    }
}

/// Orders people so that neighbours are on the same medicine and stand alike.
auto likeness(const Target& target) {
    return std::tuple(family_of(target.medicine), target.standing, target.dose);
}

ClientPlan left_after_comparison(const Target& then, const Plan& plan, Random& random) {
    ClientPlan client = leaves(Leaving::for_good, then.service, plan, random);
    client.then = then;
    client.temper = Temper::settled;
    const int span = plan.period.last - plan.period.comparison;
    client.last_covered = plan.period.comparison + random.between(days_clear_of_comparison + 1, span - 5);
    const bool induction = then.standing == Standing::induction;
    const int longest =
        std::min(induction_days, plan.period.comparison - plan.period.covers_from - censoring_days);
    client.spell_day = induction ? random.between(1, longest) : 30 + random.wait(mean_spell(client.temper));
    return client;
}

/// The people whom Figure 4 counts: some still in MAT at the service on the last day, the others gone since.
void add_figure_4(std::vector<ClientPlan>& clients, const Plan& plan, Random random) {
    const auto service = std::ranges::find(plan.services, FigureRole::figure_4, &Service::role);
    if (service == plan.services.end()) return;
    const auto index = static_cast<std::uint16_t>(service - plan.services.begin());
    std::vector<Target> targets = targets_of_figure_4(*service, index, random);
    const auto in_induction = [](const Target& target) { return target.standing == Standing::induction; };
    std::ranges::stable_partition(targets, in_induction);
    const auto counted = targets.begin() + std::ranges::count_if(targets, in_induction);
    std::stable_sort(counted, targets.end(),
                     [](const auto& a, const auto& b) { return likeness(a) < likeness(b); });

    std::vector<ClientPlan*> staying;
    for (ClientPlan& client : clients)
        if (client.now && client.service == index && client.now->course == Course::steady &&
            client.now->standing != Standing::induction && threshold(client.now->medicine))
            staying.push_back(&client);
    random.shuffle(std::span(staying));
    staying.resize(staying.size() * 2 / 3);
    std::ranges::stable_sort(staying, [](auto* a, auto* b) { return likeness(*a->now) < likeness(*b->now); });

    const std::size_t people = static_cast<std::size_t>(targets.end() - counted);
    std::vector<bool> taken(people, false);
    for (std::size_t i = 0; i < staying.size(); ++i) {
        const std::size_t place = i * people / staying.size();
        taken[place] = true;
        staying[i]->then = counted[static_cast<std::ptrdiff_t>(place)];
        staying[i]->temper = Temper::settled;
        staying[i]->spell_day = 30 + random.wait(mean_spell(Temper::settled));
    }
    for (auto target = targets.begin(); target != counted; ++target)
        clients.push_back(left_after_comparison(*target, plan, random));
    for (std::size_t i = 0; i < people; ++i)
        if (!taken[i])
            clients.push_back(left_after_comparison(counted[static_cast<std::ptrdiff_t>(i)], plan, random));
}

void add_leavers(std::vector<ClientPlan>& clients, const Plan& plan, int in_mat, Random& random) {
    std::vector<int> weights;
    for (const Service& service : plan.services) {
        const bool secure = service.kind == ServiceKind::prison || service.kind == ServiceKind::inpatient;
        weights.push_back(service.closed ? 250 : secure ? service.in_mat * 4 : service.in_mat);
    }
    const auto add = [&](Leaving leaving, std::int64_t number) {
        for (std::int64_t i = 0; i < number; ++i)
            clients.push_back(leaves(leaving, random.weighted(std::span<const int>(weights)), plan, random));
    };
    add(Leaving::between_spells, std::int64_t{in_mat} * between_spells_per_mille / 1000);
    add(Leaving::for_good, std::int64_t{in_mat} * leavers_per_mille_a_month * plan.period.months / 1000);
}

/// Who can have completed an inventory in the published months: in MAT for most of them.
bool can_have_inventory(const ClientPlan& client, const Plan& plan) {
    if (!client.now || !is_daily(client.now->medicine)) return false;
    const Day since = client.then ? plan.period.comparison : client.last_covered - client.spell_day;
    return since < plan.inventories_to - 40;
}

void give_inventories(Plan& plan, int in_mat, Random random) {
    using namespace published;
    if (plan.inventories_to < plan.inventories_from) return;
    const auto scaled = [&](std::int64_t number) {
        return static_cast<int>((number * in_mat + people_in_mat / 2) / people_in_mat);
    };
    std::vector<ClientPlan*> supervised, unsupervised;
    for (ClientPlan& client : plan.clients)
        if (can_have_inventory(client, plan))
            (client.now->supervised ? supervised : unsupervised).push_back(&client);
    random.shuffle(std::span(supervised));
    random.shuffle(std::span(unsupervised));
    const auto give = [](std::vector<ClientPlan*>& from, int number, int agreeing, Inventory agrees,
                         Inventory differs) {
        number = std::min(number, static_cast<int>(from.size()));
        for (int i = 0; i < number; ++i)
            from[static_cast<std::size_t>(i)]->inventory = i < agreeing ? agrees : differs;
    };
    const int with = scaled(inventories.supervised), without = scaled(inventories.not_supervised);
    give(supervised, with, with * inventories.agreement_hundredths / 10000, Inventory::item_supervised,
         Inventory::no_item_supervised);
    give(unsupervised, without, without * inventories.agreement_hundredths / 10000,
         Inventory::no_item_unsupervised, Inventory::item_unsupervised);
}

Period period_of(const SynthOptions& options) {
    Period period;
    period.last = options.last_month_end.value_or(*day_of(2018, 10, 31));
    period.months = options.months;
    const CivilDay last = civil(add_months(period.last, 1 - options.months));
    period.covers_from = *day_of(last.year, last.month, 1);
    period.comparison = month_end(add_months(period.last, -11));
    return period;
}

}  // namespace

Day first_day(const Service& service, const Period& period) {
    return service.prescribing_from.value_or(period.covers_from);
}

int mean_spell(Temper temper) { return temper == Temper::churning ? 80 : 700; }

Plan make_plan(const SynthOptions& options) {
    Plan plan;
    plan.seed = options.seed;
    plan.period = period_of(options);
    plan.inventories_from =
        std::max(month_end(add_months(plan.period.last, -9)) + 1, plan.period.covers_from);
    plan.inventories_to = month_end(add_months(plan.period.last, -2));
    plan.services = invent_services(options.clients, options.services, plan.period,
                                    Random(options.seed, services_stream));
    const std::vector<Target> targets =
        targets_on_last_day(plan.services, Random(options.seed, targets_stream));

    Random random(options.seed, clients_stream);
    std::vector<ClientPlan>& clients = plan.clients;
    for (const Target& target : targets)
        clients.push_back(stays(target, plan, random));
    add_figure_4(clients, plan, Random(options.seed, figure_4_stream));
    add_leavers(clients, plan, options.clients, random);
    keep_clear_of_comparison(clients, plan);
    give_inventories(plan, options.clients, Random(options.seed, inventories_stream));
    random.shuffle(std::span(clients));
    return plan;
}

}  // namespace optimat::synth
