#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"
#include "synth/target_details.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

bool is_figure_8(const Service& service) { return service.role == FigureRole::figure_8; }

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

template <class Wanted> std::vector<Target*> candidates(std::vector<Target>& targets, Wanted wanted) {
    std::vector<Target*> chosen;
    for (Target& target : targets) {
        const Family family = family_of(target.medicine);
        if ((family == Family::methadone || family == Family::buprenorphine) && wanted(target))
            chosen.push_back(&target);
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
bool can_rise_to(const Target& target) {
    return target.dose >= lowest_dose(target.medicine, Band::below) + 40;
}

}  // namespace

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
    give_course(rising, Course::increasing, of_all(people, mat2_increasing.hundredths) - increasing_there,
                random);

    const auto is_mat3 = [](const Target& t) {
        return t.standing == Standing::grey || t.standing == Standing::green;
    };
    auto mat3_falling = candidates(targets, [&](const Target& t) { return is_mat3(t) && can_fall_to(t); });
    auto mat3_rising = candidates(targets, [&](const Target& t) { return is_mat3(t) && can_rise_to(t); });
    give_course(mat3_falling, Course::reducing, of_all(people, 190), random);
    give_course(mat3_rising, Course::increasing, of_all(people, 12), random);
    auto unknown = candidates(
        targets, [](const Target& t) { return t.standing == Standing::uncategorised && can_fall_to(t); });
    give_course(unknown, Course::reducing, of_all(people, 20), random);
    for (Target& target : targets)
        if (target.standing == Standing::detox) target.course = Course::detox;
}

namespace {

/// How likely supervision is, to choose within a service: induction first, then on-top use.
int supervision_weight(Standing standing) {
    switch (standing) {
    case Standing::induction:
        return 95;
    case Standing::red:
    case Standing::amber:
        return 62;
    case Standing::uncategorised:
        return 55;
    case Standing::detox:
        return 40;
    default:
        return 25;
    }
}

}  // namespace

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
        const bool secure =
            services[s].kind == ServiceKind::prison || services[s].kind == ServiceKind::inpatient;
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
            draws[targets[i].service].push_back(
                {random.below(100) - supervision_weight(targets[i].standing), i});
    for (std::size_t s = 0; s < services.size(); ++s) {
        std::ranges::stable_sort(draws[s], {}, &Draw::order);
        for (int i = 0; i < counts.at(s, 0); ++i)
            targets[draws[s][static_cast<std::size_t>(i)].index].supervised = true;
    }
}

}  // namespace optimat::synth
