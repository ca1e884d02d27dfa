#include "synth/endings.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

constexpr int days_without_cover_of_completion = 50;        // before a return that is no lapse
constexpr int completed_percent = 6, custody_percent = 12;  // of spells after which the client returned
constexpr int broken_detox_percent = 9, last_broken_detox_percent = 25;  // of lapses
constexpr int titration_room = 35;

struct EndingWeight {
    Ending ending;
    int weight;
};
/// How those ended who left for good.
constexpr EndingWeight final_endings[] = {
    {Ending::lapsed, 45},    {Ending::custody, 9},   {Ending::completed, 22}, {Ending::died, 6},
    {Ending::moved_away, 9}, {Ending::withdrawn, 4}, {Ending::declined, 3},   {Ending::other, 2}};

Ending final_ending(Random& random) {
    std::array<int, std::size(final_endings)> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = final_endings[i].weight;
    return final_endings[random.weighted(std::span<const int>(weights))].ending;
}

Ending passing_ending(int days_until_return, Random& random) {
    if (days_until_return > days_without_cover_of_completion && random.percent(completed_percent))
        return Ending::completed;
    return random.percent(custody_percent) ? Ending::custody : Ending::lapsed;
}

/// The spell's last weeks become a detoxification, one that a completion ends or a lapse breaks off. False
/// when there is no room for one.
bool add_detox(Spell& spell, OptionalDay held, Random& random) {
    Stretch& last = spell.stretches.back();
    const Family family = family_of(last.medicine);
    const bool daily = family == Family::methadone || family == Family::buprenorphine;
    const bool titrates = spell.stretches.size() == 1 && !spell.began_before_data;
    const int days = random.between(45, 82);
    const int room = last.to - last.from - (titrates ? titration_room : 5);
    if (!daily || last.course != Course::steady || room < days || (held && last.to - days <= *held))
        return false;
    const bool completed = spell.ending == Ending::completed;
    Stretch detox = last;
    detox.from = last.to - days + 1;
    detox.course = Course::detox;
    detox.planned = random.percent(92);
    detox.uses_on_top = random.percent(4);
    const int methadone = completed ? random.between(2, 10) : random.between(5, 25);
    const int tablets = completed ? random.between(1, 5) : random.between(2, 12);
    detox.dose = std::min(last.dose, family == Family::methadone ? 10 * methadone : 4 * tablets);
    last.to = detox.from - 1;
    last.uses_on_top = last.uses_on_top && detox.uses_on_top;
    spell.stretches.push_back(detox);
    return true;
}

}  // namespace

void end_spells(Career& career, const ClientPlan& client, Day held, Random& random) {
    const OptionalDay not_before = client.then ? OptionalDay(held) : OptionalDay();
    for (std::size_t i = 0; i < career.spells.size(); ++i) {
        Spell& spell = career.spells[i];
        const bool is_final = i + 1 == career.spells.size();
        if (is_final && client.leaving == Leaving::in_mat) return;
        const bool for_good = is_final && client.leaving == Leaving::for_good;
        const int days_until_return = is_final ? 0 : career.spells[i + 1].first - spell.last;
        spell.ending = for_good ? final_ending(random) : passing_ending(days_until_return, random);
        if (spell.ending == Ending::completed) {
            // Some complete without a plan on record; of the others it was no completion after all.
            if (!add_detox(spell, not_before, random) && random.percent(60)) spell.ending = Ending::lapsed;
        } else if (spell.ending == Ending::lapsed &&
                   random.percent(for_good ? last_broken_detox_percent : broken_detox_percent)) {
            add_detox(spell, not_before, random);
        }
    }
}

}  // namespace optimat::synth
