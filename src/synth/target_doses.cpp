#include "synth/published_figures.hpp"
#include "synth/target_details.hpp"

#include <algorithm>
#include <numeric>

namespace optimat::synth {

namespace {

constexpr int mean_of_grey_methadone = 365,
              mean_of_grey_tablets = 58;  // tenths; green makes up the mean of MAT3
constexpr int figure_4_induction = 45;

bool is_figure_8(const Service& service) { return service.role == FigureRole::figure_8; }

using Doses = std::vector<int*>;

template <class Wanted>
Doses doses_of(std::vector<Target>& targets, Standing standing, Medicine medicine, Wanted wanted) {
    Doses doses;
    for (Target& target : targets)
        if (target.standing == standing && target.medicine == medicine && wanted(target))
            doses.push_back(&target.dose);
    return doses;
}

long sum_of(const Doses& doses) {
    return std::accumulate(doses.begin(), doses.end(), 0L,
                           [](long sum, const int* dose) { return sum + *dose; });
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
    const Doses elsewhere =
        doses_of(targets, standing, medicine, [&](const Target& t) { return !at_figure_8(t); });
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

}  // namespace

void settle_doses(std::vector<Target>& targets, const std::vector<Service>& services, Random& random) {
    using namespace published;
    // Figure 8 does not show this mean; it follows from the mean of MAT2 and of its other part.
    const long below_tablets = (figure_8.buprenorphine * (figure_8_below_tablets + figure_8_above_tablets) -
                                figure_8.at_or_above_buprenorphine * figure_8_above_tablets) /
                               figure_8_below_tablets;
    settle_mat2(targets, services, Standing::red, Medicine::methadone, mat2_below_methadone.hundredths,
                figure_8.below_methadone, random);
    settle_mat2(targets, services, Standing::red, Medicine::buprenorphine,
                mat2_below_buprenorphine.hundredths, below_tablets, random);
    settle_mat2(targets, services, Standing::amber, Medicine::methadone,
                mat2_at_or_above_methadone.hundredths, figure_8.at_or_above_methadone, random);
    settle_mat2(targets, services, Standing::amber, Medicine::buprenorphine,
                mat2_at_or_above_buprenorphine.hundredths, figure_8.at_or_above_buprenorphine, random);
    settle_mat3(targets, Medicine::methadone, mat3_methadone.hundredths, mean_of_grey_methadone, random);
    settle_mat3(targets, Medicine::buprenorphine, mat3_buprenorphine.hundredths, mean_of_grey_tablets,
                random);
}

std::vector<Target> targets_of_figure_4(const Service& service, std::uint16_t index, Random random) {
    using published::figure_4;
    const StandingCounts people = {
        figure_4_induction,    figure_4.red, figure_4.amber, 0, figure_4.grey, figure_4.green, 0, 0,
        figure_4.uncategorised};
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
