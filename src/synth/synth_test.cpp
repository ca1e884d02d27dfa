#include "synth/synth.hpp"

#include <gtest/gtest.h>

TEST(synth, makes) {
    optimat::SynthOptions options;
    options.clients = std::atoi(getenv("N"));
    options.services = std::atoi(getenv("S"));
    options.months = std::atoi(getenv("M"));
    options.out = getenv("OUT");
    if (getenv("DEFECTS")) options.defects = optimat::Defects::yes;
    for (const auto& file : optimat::write_synthetic_extract(options).files)
        printf("%s %lu %lu\n", file.name.c_str(), file.rows, file.bytes);
}
