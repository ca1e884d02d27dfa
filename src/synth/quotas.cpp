#include "synth/quotas.hpp"

#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"

#include <algorithm>
#include <numeric>

namespace optimat::synth {

// MAT3 and MAT4 follow from the published shares: red is 22 % of red + amber + green + grey.
const StandingCounts usual_standings = {1577, 1654, 2328, 1, 2146, 1390, 10, 169, 725};

namespace {

constexpr std::array medicines = {Medicine::methadone,
                                  Medicine::buprenorphine,
                                  Medicine::buprenorphine_lyophilisate,
                                  Medicine::buprenorphine_weekly,
                                  Medicine::buprenorphine_monthly,
                                  Medicine::buprenorphine_sublocade,
                                  Medicine::morphine_sr,
                                  Medicine::dihydrocodeine,
                                  Medicine::diamorphine};
using MedicineWeights = std::array<int, medicines.size()>;

// Per 10,000 of each standing. Those of red and amber make the means of MAT2 follow from the means of its parts.
constexpr std::array<MedicineWeights, standing_count> usual_medicines = {{
    {7800, 2080, 120, 0, 0, 0, 0, 0, 0},
    {8417, 1333, 150, 40, 60, 0, 0, 0, 0},
    {8509, 1240, 100, 41, 70, 40, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 4000, 4000, 2000},
    {7450, 2250, 150, 60, 90, 0, 0, 0, 0},
    {7600, 2000, 150, 70, 100, 80, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 4000, 4000, 2000},
    {6700, 3300, 0, 0, 0, 0, 0, 0, 0},
    {8000, 1700, 150, 40, 60, 40, 5, 5, 0},
}};

// Figure 8 leaves the remaining 225 people free. The split of the two medicines follows from its means.
constexpr StandingCounts figure_8_standings = {31, 92, 170, 0, 120, 78, 0, 5, 22};
constexpr int figure_8_below_tablets = 14, figure_8_above_tablets = 17;
constexpr int figure_4_induction = 45;

constexpr int mean_of_grey_methadone = 365, mean_of_grey_tablets = 58;  // tenths; green makes up the mean of MAT3

std::size_t place(Standing standing) { return static_cast<std::size_t>(standing); }

StandingCounts weights_for(const Service& service) {
    if (service.kind == ServiceKind::prison) return {300, 0, 0, 0, 0, 0, 0, 60, 640};
    if (service.kind == ServiceKind::inpatient) return {4200, 300, 200, 0, 700, 400, 0, 3600, 600};
    StandingCounts weights = usual_standings;
    const Character& is = service.character;
    weights[place(Standing::red)] = weights[place(Standing::red)] * is.on_top / 100 * is.below / 100;
    weights[place(Standing::amber)] = weights[place(Standing::amber)] * is.on_top / 100;
    weights[place(Standing::grey)] = weights[place(Standing::grey)] * is.below / 100;
    weights[place(Standing::induction)] = weights[place(Standing::induction)] * is.induction / 100;
    weights[place(Standing::detox)] = weights[place(Standing::detox)] * is.detox / 100;
    weights[place(Standing::uncategorised)] = weights[place(Standing::uncategorised)] * is.uncategorised / 100;
    return weights;
}

bool is_figure_8(const Service& service) { return service.role == FigureRole::figure_8; }

/// How many people of each service stand where: sizes and the organisation's totals both exact.
void share_standings(std::vector<Service>& services) {
    int people = 0;
    for (const Service& service : services) people += service.in_mat;
    std::vector<int> totals = apportion(people, usual_standings);
    std::vector<int> sizes;
    Table weights(services.size(), standing_count);
    for (std::size_t s = 0; s < services.size(); ++s) {
        sizes.push_back(is_figure_8(services[s]) ? 0 : services[s].in_mat);
        const StandingCounts wanted = weights_for(services[s]);
        for (std::size_t k = 0; k < standing_count; ++k) {
            weights.at(s, k) = sizes[s] == 0 ? 0 : wanted[k];
            if (is_figure_8(services[s])) totals[k] -= figure_8_standings[k];
        }
    }
    const Table counts = apportion(sizes, totals, weights);
    for (std::size_t s = 0; s < services.size(); ++s)
        for (std::size_t k = 0; k < standing_count; ++k)
            services[s].standings[k] = is_figure_8(services[s]) ? figure_8_standings[k] : counts.at(s, k);
}

int medicine_weight(Standing standing, const Character& character, std::size_t medicine) {
    const int usual = usual_medicines[place(standing)][medicine];
    return medicine == 0 || medicine >= 6 ? usual : usual * character.buprenorphine / 100;
}

/// Numbers by medicine that Figure 8's service has in one standing; all zero where it is free.
MedicineWeights fixed_medicines(Standing standing) {
    const bool red = standing == Standing::red;
    if (!red && standing != Standing::amber) return {};
    const int tablets = red ? figure_8_below_tablets : figure_8_above_tablets;
    return {figure_8_standings[place(standing)] - tablets, tablets, 0, 0, 0, 0, 0, 0, 0};
}

void add_people(std::vector<Target>& targets, std::vector<Service>& services, Standing standing, Random& random) {
    const std::size_t k = place(standing);
    const MedicineWeights fixed = fixed_medicines(standing);
    int people = 0;
    for (const Service& service : services) people += service.standings[k];
    std::vector<int> totals = apportion(people, usual_medicines[k]);
    std::vector<int> rows;
    Table weights(services.size(), medicines.size());
    for (std::size_t s = 0; s < services.size(); ++s) {
        const bool is_fixed = is_figure_8(services[s]) && fixed[0] > 0;
        rows.push_back(is_fixed ? 0 : services[s].standings[k]);
        for (std::size_t m = 0; m < medicines.size(); ++m) {
            weights.at(s, m) = rows[s] == 0 ? 0 : medicine_weight(standing, services[s].character, m);
            if (is_fixed) totals[m] -= fixed[m];
        }
    }
    const Table counts = apportion(rows, totals, weights);
    for (std::size_t s = 0; s < services.size(); ++s)
        for (std::size_t m = 0; m < medicines.size(); ++m) {
            const bool is_fixed = is_figure_8(services[s]) && fixed[0] > 0;
            for (int i = 0; i < (is_fixed ? fixed[m] : counts.at(s, m)); ++i) {
                Target target{.standing = standing, .medicine = medicines[m], .service = static_cast<std::uint16_t>(s)};
                target.dose = dose_for(standing, target.medicine, services[s].character.dose, random);
                targets.push_back(target);
            }
        }
}

using Doses = std::vector<int*>;

template <class Wanted>
Doses doses_of(std::vector<Target>& targets, Standing standing, Medicine medicine, Wanted wanted) {
    Doses doses;
    for (Target& target : targets)
        if (target.standing == standing && target.medicine == medicine && wanted(target)) doses.push_back(&target.dose);
    return doses;
}

long sum_of(const Doses& doses) {
    return std::accumulate(doses.begin(), doses.end(), 0L, [](long sum, const int* dose) { return sum + *dose; });
}

/// mean in hundredths of a milligram × people, in tenths, to the nearest multiple of `fine`
long total_for(long mean_hundredths, std::size_t people, long fine) {
    const long tenths = (mean_hundredths * static_cast<long>(people) + 5) / 10;
    return (tenths + fine / 2) / fine * fine;
}

/// Figure 8's service first, then the rest so that everybody together has the published mean.
void settle_mat2(std::vector<Target>& targets, const std::vector<Service>& services, Standing standing,
                 Medicine medicine, long mean, long mean_at_figure_8, Random& random) {
    const Band band = standing == Standing::red ? Band::below : Band::at_or_above;
    const long fine = medicine == Medicine::methadone ? 10 : 20;
    const auto at_figure_8 = [&](const Target& target) { return is_figure_8(services[target.service]); };
    const Doses there = doses_of(targets, standing, medicine, at_figure_8);
    const Doses elsewhere = doses_of(targets, standing, medicine, [&](const Target& t) { return !at_figure_8(t); });
    settle_sum(there, medicine, band, total_for(mean_at_figure_8, there.size(), fine), random);
    const long total = total_for(mean, there.size() + elsewhere.size(), fine);
    settle_sum(elsewhere, medicine, band, total - sum_of(there), random);
}

void settle_mat3(std::vector<Target>& targets, Medicine medicine, long mean, int grey_mean, Random& random) {
    const long fine = medicine == Medicine::methadone ? 10 : 20;
    const auto anyone = [](const Target&) { return true; };
    const Doses grey = doses_of(targets, Standing::grey, medicine, anyone);
    const Doses green = doses_of(targets, Standing::green, medicine, anyone);
    settle_sum(grey, medicine, Band::below, total_for(grey_mean * 10L, grey.size(), fine), random);
    const long total = total_for(mean, grey.size() + green.size(), fine);
    settle_sum(green, medicine, Band::at_or_above, total - sum_of(grey), random);
}

void settle_doses(std::vector<Target>& targets, const std::vector<Service>& services, Random& random) {
    using namespace published;
    // Figure 8 does not show this mean; it follows from the mean of MAT2 and of its other part.
    const long below_tablets = (figure_8.buprenorphine * (figure_8_below_tablets + figure_8_above_tablets) -
                                figure_8.at_or_above_buprenorphine * figure_8_above_tablets) /
                               figure_8_below_tablets;
    settle_mat2(targets, services, Standing::red, Medicine::methadone, mat2_below_methadone.hundredths,
                figure_8.below_methadone, random);
    settle_mat2(targets, services, Standing::red, Medicine::buprenorphine, mat2_below_buprenorphine.hundredths,
                below_tablets, random);
    settle_mat2(targets, services, Standing::amber, Medicine::methadone, mat2_at_or_above_methadone.hundredths,
                figure_8.at_or_above_methadone, random);
    settle_mat2(targets, services, Standing::amber, Medicine::buprenorphine,
                mat2_at_or_above_buprenorphine.hundredths, figure_8.at_or_above_buprenorphine, random);
    settle_mat3(targets, Medicine::methadone, mat3_methadone.hundredths, mean_of_grey_methadone, random);
    settle_mat3(targets, Medicine::buprenorphine, mat3_buprenorphine.hundredths, mean_of_grey_tablets, random);
}

/// `number` of the candidates that are still steady take the course, spread over the whole list.
void give_course(std::vector<Target*>& candidates, Course course, int number, Random& random) {
    random.shuffle(std::span(candidates));
    for (Target* target : candidates) {
        if (number <= 0) return;
        if (target->course != Course::steady) continue;
        target->course = course;
        --number;
    }
}

template <class Wanted>
std::vector<Target*> candidates(std::vector<Target>& targets, Wanted wanted) {
    std::vector<Target*> chosen;
    for (Target& target : targets) {
        const Family family = family_of(target.medicine);
        if ((family == Family::methadone || family == Family::buprenorphine) && wanted(target)) chosen.push_back(&target);
    }
    return chosen;
}

int of_all(std::size_t people, int hundredths) {
    return static_cast<int>((static_cast<long>(people) * hundredths + 5000) / 10000);
}

/// Room below the highest dose, so that a person can have come down to this one.
bool can_fall_to(const Target& target) {
    return target.dose + 100 <= highest_dose(target.medicine, Band::at_or_above);
}
bool can_rise_to(const Target& target) { return target.dose >= lowest_dose(target.medicine, Band::below) + 40; }

void give_courses(std::vector<Target>& targets, const std::vector<Service>& services, Random& random) {
    using namespace published;
    const std::size_t people = targets.size();
    const auto with_figures = [&](bool figure, auto rule) {
        return candidates(targets, [&services, figure, rule](const Target& target) {
            return is_figure_8(services[target.service]) == figure && rule(target);
        });
    };
    const auto mat2_falling = [](const Target& t) { return uses_on_top(t.standing) && can_fall_to(t); };
    const auto mat2_rising = [](const Target& t) { return uses_on_top(t.standing) && can_rise_to(t); };
    auto there_falling = with_figures(true, mat2_falling), there_rising = with_figures(true, mat2_rising);
    give_course(there_falling, Course::reducing, figure_8.reducing, random);
    give_course(there_rising, Course::increasing, figure_8.increasing, random);
    const int reducing_there = there_falling.empty() ? 0 : figure_8.reducing;
    const int increasing_there = there_rising.empty() ? 0 : figure_8.increasing;

    auto detox = with_figures(false, [](const Target& t) { return t.standing == Standing::red; });
    auto falling = with_figures(false, mat2_falling), rising = with_figures(false, mat2_rising);
    give_course(detox, Course::detox, of_all(people, mat2_detox.hundredths), random);
    give_course(falling, Course::reducing, of_all(people, mat2_reducing.hundredths) - reducing_there, random);
    give_course(rising, Course::increasing, of_all(people, mat2_increasing.hundredths) - increasing_there, random);

    const auto is_mat3 = [](const Target& t) { return t.standing == Standing::grey || t.standing == Standing::green; };
    auto mat3_falling = candidates(targets, [&](const Target& t) { return is_mat3(t) && can_fall_to(t); });
    auto mat3_rising = candidates(targets, [&](const Target& t) { return is_mat3(t) && can_rise_to(t); });
    give_course(mat3_falling, Course::reducing, of_all(people, 190), random);
    give_course(mat3_rising, Course::increasing, of_all(people, 12), random);
    auto unknown = candidates(targets, [](const Target& t) { return t.standing == Standing::uncategorised && can_fall_to(t); });
    give_course(unknown, Course::reducing, of_all(people, 20), random);
    for (Target& target : targets)
        if (target.standing == Standing::detox) target.course = Course::detox;
}

/// How likely supervision is, to choose within a service: induction first, then on-top use.
int supervision_weight(Standing standing) {
    switch (standing) {
    case Standing::induction: return 95;
    case Standing::red:
    case Standing::amber: return 62;
    case Standing::uncategorised: return 55;
    case Standing::detox: return 40;
    default: return 25;
    }
}

void give_supervision(std::vector<Target>& targets, const std::vector<Service>& services, Random& random) {
    std::vector<int> rows(services.size());
    int daily = 0;
    for (const Target& target : targets) {
        if (!is_daily(target.medicine)) continue;
        ++rows[target.service];
        ++daily;
    }
    const int supervised = of_all(static_cast<std::size_t>(daily), published::supervision_rate.hundredths);
    Table weights(services.size(), 2);
    for (std::size_t s = 0; s < services.size(); ++s) {
        const bool secure = services[s].kind == ServiceKind::prison || services[s].kind == ServiceKind::inpatient;
        const int usual = secure ? 96 : 52 * services[s].character.supervision / 100;
        weights.at(s, 0) = std::clamp(usual, 1, 97);
        weights.at(s, 1) = 100 - weights.at(s, 0);
    }
    const Table counts = apportion(rows, std::array{supervised, daily - supervised}, weights);
    struct Draw {
        int order;
        std::size_t index;
    };
    std::vector<std::vector<Draw>> draws(services.size());
    for (std::size_t i = 0; i < targets.size(); ++i)
        if (is_daily(targets[i].medicine))
            draws[targets[i].service].push_back({random.below(100) - supervision_weight(targets[i].standing), i});
    for (std::size_t s = 0; s < services.size(); ++s) {
        std::ranges::stable_sort(draws[s], {}, &Draw::order);
        for (int i = 0; i < counts.at(s, 0); ++i) targets[draws[s][static_cast<std::size_t>(i)].index].supervised = true;
    }
}

/// Tablets with naloxone for some: which product is a prescriber's choice and changes no figure.
void give_naloxone_products(std::vector<Target>& targets, Random& random) {
    for (Target& target : targets)
        if (target.medicine == Medicine::buprenorphine && random.percent(35))
            target.medicine = Medicine::buprenorphine_naloxone;
}

}  // namespace

bool uses_on_top(Standing standing) {
    return standing == Standing::red || standing == Standing::amber || standing == Standing::on_top_unbanded;
}

Medicine usual_medicine(Standing standing, const Character& character, Random& random) {
    MedicineWeights weights{};
    for (std::size_t m = 0; m < medicines.size(); ++m) weights[m] = medicine_weight(standing, character, m);
    const Medicine medicine = medicines[random.weighted(std::span<const int>(weights))];
    return medicine == Medicine::buprenorphine && random.percent(35) ? Medicine::buprenorphine_naloxone : medicine;
}

int dose_for(Standing standing, Medicine medicine, int tilt, Random& random) {
    switch (standing) {
    case Standing::detox: return low_dose(medicine, random);
    case Standing::red:
    case Standing::grey: return usual_dose(medicine, Band::below, tilt, random);
    case Standing::amber:
    case Standing::green: return usual_dose(medicine, Band::at_or_above, tilt, random);
    default: return usual_dose(medicine, random.percent(45) ? Band::at_or_above : Band::below, tilt, random);
    }
}

std::vector<Target> targets_on_last_day(std::vector<Service>& services, Random random) {
    share_standings(services);
    std::vector<Target> targets;
    for (std::size_t k = 0; k < standing_count; ++k) add_people(targets, services, static_cast<Standing>(k), random);
    settle_doses(targets, services, random);
    give_courses(targets, services, random);
    give_supervision(targets, services, random);
    give_naloxone_products(targets, random);
    return targets;
}

std::vector<Target> targets_of_figure_4(const Service& service, std::uint16_t index, Random random) {
    using published::figure_4;
    const StandingCounts people = {figure_4_induction, figure_4.red, figure_4.amber, 0, figure_4.grey, figure_4.green, 0, 0, figure_4.uncategorised};
    std::vector<Target> targets;
    for (std::size_t k = 0; k < standing_count; ++k)
        for (int i = 0; i < people[k]; ++i) {
            Target target{.standing = static_cast<Standing>(k), .service = index};
            target.medicine = random.percent(84) ? Medicine::methadone : Medicine::buprenorphine;
            target.dose = dose_for(target.standing, target.medicine, service.character.dose, random);
            target.supervised = random.percent(55);
            targets.push_back(target);
        }
    Doses below, above;
    for (Target& target : targets) {
        if (target.medicine != Medicine::methadone || target.standing == Standing::induction) continue;
        (band_of(target.medicine, target.dose) == Band::below ? below : above).push_back(&target.dose);
    }
    const long wanted = static_cast<long>(below.size() + above.size()) * figure_4.methadone_tenths / 10 * 10;
    settle_sum(below, Medicine::methadone, Band::below, wanted - sum_of(above), random);
    settle_sum(above, Medicine::methadone, Band::at_or_above, wanted - sum_of(below), random);
    return targets;
}

}  // namespace optimat::synth
