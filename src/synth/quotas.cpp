#include "synth/quotas.hpp"

#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"
#include "synth/target_details.hpp"

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

// Per 10,000 of each standing. Those of red and amber make the means of MAT2 follow from the means of its
// parts.
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
    weights[place(Standing::uncategorised)] =
        weights[place(Standing::uncategorised)] * is.uncategorised / 100;
    return weights;
}

bool is_figure_8(const Service& service) { return service.role == FigureRole::figure_8; }

/// How many people of each service stand where: sizes and the organisation's totals both exact.
void share_standings(std::vector<Service>& services) {
    int people = 0;
    for (const Service& service : services)
        people += service.in_mat;
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

void add_people(std::vector<Target>& targets, std::vector<Service>& services, Standing standing,
                Random& random) {
    const std::size_t k = place(standing);
    const MedicineWeights fixed = fixed_medicines(standing);
    int people = 0;
    for (const Service& service : services)
        people += service.standings[k];
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
                Target target{
                    .standing = standing, .medicine = medicines[m], .service = static_cast<std::uint16_t>(s)};
                target.dose = dose_for(standing, target.medicine, services[s].character.dose, random);
                targets.push_back(target);
            }
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
    for (std::size_t m = 0; m < medicines.size(); ++m)
        weights[m] = medicine_weight(standing, character, m);
    const Medicine medicine = medicines[random.weighted(std::span<const int>(weights))];
    return medicine == Medicine::buprenorphine && random.percent(35) ? Medicine::buprenorphine_naloxone
                                                                     : medicine;
}

int dose_for(Standing standing, Medicine medicine, int tilt, Random& random) {
    switch (standing) {
    case Standing::detox:
        return low_dose(medicine, random);
    case Standing::red:
    case Standing::grey:
        return usual_dose(medicine, Band::below, tilt, random);
    case Standing::amber:
    case Standing::green:
        return usual_dose(medicine, Band::at_or_above, tilt, random);
    default:
        return usual_dose(medicine, random.percent(45) ? Band::at_or_above : Band::below, tilt, random);
    }
}

std::vector<Target> targets_on_last_day(std::vector<Service>& services, Random random) {
    share_standings(services);
    std::vector<Target> targets;
    for (std::size_t k = 0; k < standing_count; ++k)
        add_people(targets, services, static_cast<Standing>(k), random);
    settle_doses(targets, services, random);
    give_courses(targets, services, random);
    give_supervision(targets, services, random);
    give_naloxone_products(targets, random);
    return targets;
}

}  // namespace optimat::synth
