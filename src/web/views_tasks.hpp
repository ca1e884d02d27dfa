#pragma once
// The month's tasks of one user: what waits for them, what is due and overdue, how far each work list is, and
// what changed since the month before. Persons appear by their opaque reference only.

#include "priority/lists.hpp"
#include "web/views.hpp"

#include <string>
#include <vector>

namespace optimat {

enum class TaskTime : std::uint8_t { open, due_soon, overdue };

/// Something that waits for the user.
struct Task {
    std::string words;  ///< `Co-sign the review of 3 November 2018, Abbey`
    std::string link;
    OptionalDay day;  ///< by when, or of the review; older first
    TaskTime time = TaskTime::open;
};

struct Tasks {
    PageChoice choice;
    std::string where;        ///< `Abbey`, `your caseload`
    std::vector<Task> tasks;  ///< overdue first, then by day
    /// Table `lists`: each list with how far the team is with it, how many came on it and left it since the
    /// month before, and how many are overdue. Empty for those who may not open them.
    DataTable lists;
    /// Table `changes`: people in MAT and in each cohort, now and the month before; empty when there is no
    /// month before.
    DataTable changes;
};

/// At the place of the query, in the newest month.
Tasks tasks_of(Context& context);

}  // namespace optimat
