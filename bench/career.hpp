// One invented client's time in treatment, written into the files of an extract.
#pragma once

#include "extract_files.hpp"
#include "random_draws.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace optimat::bench {

using Day = std::chrono::sys_days;

constexpr Day last_day = Day{std::chrono::year{2018} / 10 / 31};  // of every generated extract
constexpr int service_count = 60;
constexpr int first_late_service = 58;  // from here on, services whose prescribing data begin later

// ISO date; empty text for none.
std::string iso(std::optional<Day> day);

// When prescribing data of a service begin, if later than first_day, the first day of the extract.
std::optional<Day> late_start(int service, Day first_day);

struct Medicine;

// What the prescriber recorded about the course of the dose; empty or none: not recorded.
struct DosePlan {
    std::string_view regime;
    std::string_view target_dose;
    std::optional<Day> target_date, plan_start;
};

class Career {
  public:
    // number tells clients apart and decides everything about this one; first_day is the extract's.
    Career(ExtractFiles& files, int number, Day first_day);

    // Appends all rows of this client.
    void write();

  private:
    enum class Arrival { settled, induction };
    enum class Course { maintenance, detox };

    Day some_day(Day first, Day last);  // both inclusive
    int span() const;                   // days of the extract
    void choose_medicine(Arrival arrival);

    // One stay at one service; returns the first day of the next, if there is one.
    std::optional<Day> stay(Day start);
    // Prescriptions from start to stop, both inclusive; returns the last day of a detox that ended them
    // earlier.
    std::optional<Day> prescribe(Day start, Day stop);
    std::string_view recorded_regime();
    void issue(Day start, Day end, const DosePlan& plan);
    void prescription(std::string_view medicine, int dose, Day start, std::optional<Day> end,
                      const DosePlan& plan);
    void change_dose(Course course);
    Day next_issue(Day start, Day end);

    void write_client();
    void write_evidence(Day start, Day end);
    void top(Day day, std::string_view stage);
    void screen(Day day);
    void write_events(Day start);
    void event(Day day, std::string_view kind);

    ExtractFiles& m_files;
    Random m_random;
    std::string m_client;
    Day m_first_day;
    std::optional<Day> m_death;
    const Medicine* m_medicine = nullptr;
    int m_service = 0;
    int m_target = 0, m_dose = 0;  // tenths of a milligram
    bool m_uses_on_top = false, m_takes_two_strengths = false, m_reduces_slowly = false,
         m_came_on_mat = false;
};

}  // namespace optimat::bench
