#pragma once
// What all commands share: where definitions, policy and store are, how many threads, and how talkative to
// be.

#include "base/parallel.hpp"
#include "intake/definitions.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace optimat {

enum class ColourChoice { automatic, always, never };
enum class Talk { normal, quiet };

struct Settings {
    std::optional<std::filesystem::path> definitions_folder, policy_file;
    std::string store =
        "optimat.sqlite";  ///< location, see store.hpp; OPTIMAT_STORE when the environment has it
    ThreadCount threads = ThreadCount::of_machine();
    ColourChoice colour = ColourChoice::automatic;
    Talk talk = Talk::normal;

    Definitions definitions() const { return Definitions(definitions_folder); }
    Policy policy() const { return definitions().policy(policy_file); }
};

}  // namespace optimat
