#pragma once

// The invented people of a random extract, before anything is written: each history is made after one of a
// few recipes, every one aimed at the edges of one group of rules.

#include "random_dice.hpp"
#include "random_extract.hpp"
#include "reference_extract.hpp"

#include <optional>
#include <string>
#include <vector>

namespace optimat::reference {

struct RandomRecords {
    Day covers_from, covers_to;
    std::vector<Service> services;
    std::vector<std::string> clients;
    std::vector<Episode> episodes;
    std::vector<Prescription> prescriptions;
    std::vector<Top> tops;
    std::vector<Screen> screens;
    std::vector<Event> events;
};

RandomRecords random_records(Dice& dice, const RandomExtractOptions& options);

}  // namespace optimat::reference
