-- The cells of what episodes are made of: journeys, completions, returns, discharges, waiting.

-- journey: an episode begins one when all before it ended more than 21 days earlier. position: by start, then id.
CREATE TEMP TABLE journey_episodes AS
WITH ordered AS (
  SELECT client, service, start_date, coalesce(end_date, no_end()) AS end_date, end_kind, position,
         max(coalesce(end_date, no_end())) OVER (PARTITION BY client ORDER BY position
                                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_before,
         lead(start_date) OVER (PARTITION BY client ORDER BY position) AS next_start
  FROM episodes WHERE start_date <= getvariable('as_at') AND client IS NOT NULL),
begun AS (SELECT *, ended_before IS NULL OR start_date - ended_before > 21 AS begins FROM ordered)
SELECT * EXCLUDE (begins, ended_before),
       CASE WHEN NOT begins THEN ended_before END AS ended_before,  -- within the journey
       max(CASE WHEN begins THEN start_date END) OVER (PARTITION BY client ORDER BY position) AS journey_start
FROM begun;

CREATE TEMP TABLE opiate_clients AS
SELECT client, min(start_date) AS known_from FROM episodes WHERE opiate_client GROUP BY client;

CREATE TEMP TABLE no_opiate_clients AS  -- said so, and nobody says the contrary
SELECT client FROM episodes WHERE start_date <= getvariable('as_at') GROUP BY client
HAVING bool_or(NOT opiate_client) AND NOT bool_or(coalesce(opiate_client, false));

-- Whether MAT goes on, the day after an episode that ended as planned: seen later, and seen on the day of its end.
CREATE TEMP TABLE planned_ends AS
SELECT e.client, e.end_date, coalesce(bool_or(s.first_day <= e.end_date + 1), false) AS with_mat,
       coalesce(bool_or(s.first_day <= e.end_date), false) AS with_mat_then
FROM (SELECT DISTINCT client, end_date FROM journey_episodes WHERE end_kind = 'planned' AND end_date < no_end()) AS e
LEFT JOIN segments AS s ON s.client = e.client AND s.first_day <= e.end_date + 1 AND s.last_day >= e.end_date + 1
GROUP BY e.client, e.end_date;

-- By client and month end: the latest journey then. Mostly the episode that started last also ends last; else the
-- one that ended last among those before it is looked for.
CREATE TEMP TABLE latest_episodes AS
WITH spread AS (
  SELECT client, service, journey_start, end_date, end_kind, position, ended_before,
         unnest(range(first_month_end(start_date),
                      least(coalesce(month_number(next_start), getvariable('last_month') + 1),
                            getvariable('last_month') + 1)))::INTEGER AS month
  FROM journey_episodes)
SELECT s.*, m.as_at FROM spread AS s JOIN months AS m USING (month);

INSERT INTO cells
WITH opiate AS (
  SELECT l.* FROM latest_episodes AS l JOIN opiate_clients AS o ON o.client = l.client AND o.known_from <= l.as_at),
long_ones AS (
  SELECT o.client, o.month, o.as_at,
         unnest(max_by({'service': e.service, 'end_date': e.end_date, 'end_kind': e.end_kind},
                       day_number(CASE WHEN e.end_date > o.as_at THEN no_end() ELSE e.end_date END)::BIGINT << 32
                         | e.position))
  FROM opiate AS o JOIN journey_episodes AS e ON e.client = o.client AND e.journey_start = o.journey_start
    AND e.position <= o.position
  WHERE o.end_date <= o.as_at AND o.ended_before > o.end_date GROUP BY o.client, o.month, o.as_at),
latest AS (
  SELECT client, as_at, service, end_date, end_kind FROM opiate
  WHERE end_date > as_at OR ended_before IS NULL OR ended_before <= end_date
  UNION ALL
  SELECT client, as_at, service, end_date, end_kind FROM long_ones)
SELECT 'successful_completion', as_at, service,
       CASE WHEN l.end_date > as_at THEN 'in_treatment'
            WHEN end_kind = 'planned' THEN
              CASE WHEN CASE WHEN l.end_date = as_at THEN with_mat_then ELSE with_mat END
                   THEN 'completed_with_mat' ELSE 'completed' END
            WHEN end_kind = 'unplanned' THEN 'left_unplanned'
            WHEN end_kind IN ('transferred', 'died') THEN end_kind::VARCHAR
            ELSE 'other' END, count(*), 0
FROM latest AS l LEFT JOIN planned_ends AS p ON p.client = l.client AND p.end_date = l.end_date
WHERE l.end_date > (as_at - INTERVAL 12 MONTH)::DATE GROUP BY ALL;

-- Successful exits as known on the last date, of opiate clients.
CREATE TEMP TABLE exits AS
WITH journeys AS (
  SELECT client, journey_start, max(end_date) AS end_date,
         arg_max(service, day_number(end_date)::BIGINT << 32 | position) AS service,
         arg_max(end_kind, day_number(end_date)::BIGINT << 32 | position) AS end_kind
  FROM journey_episodes GROUP BY client, journey_start),
followed AS (
  SELECT *, lead(journey_start) OVER (PARTITION BY client ORDER BY journey_start) AS next_start FROM journeys)
SELECT f.client, f.end_date, f.service, f.next_start, o.known_from, d.death
FROM followed AS f JOIN opiate_clients AS o ON o.client = f.client AND o.known_from <= getvariable('as_at')
JOIN planned_ends AS p ON p.client = f.client AND p.end_date = f.end_date
LEFT JOIN deaths AS d ON d.client = f.client
WHERE f.end_kind = 'planned' AND f.end_date <= getvariable('as_at')
  AND NOT CASE WHEN f.end_date = getvariable('as_at') THEN with_mat_then ELSE with_mat END;

INSERT INTO cells
SELECT 'exits', last_day(end_date), service,
       CASE WHEN getvariable('as_at') < (end_date + INTERVAL 6 MONTH)::DATE THEN 'too_early'
            WHEN next_start <= (end_date + INTERVAL 6 MONTH)::DATE THEN 're_presented'
            WHEN next_start IS NOT NULL THEN 'returned_later' ELSE 'not_re_presented' END,
       count(*), coalesce(sum(next_start - end_date), 0)
FROM exits WHERE in_cohorts(end_date) GROUP BY ALL;

INSERT INTO cells
SELECT 're_presentation', m.as_at, service,
       CASE WHEN next_start <= least((end_date + INTERVAL 6 MONTH)::DATE, m.as_at) THEN 're_presented'
            WHEN death <= least((end_date + INTERVAL 6 MONTH)::DATE, m.as_at) THEN 'died'
            ELSE 'not_re_presented' END, count(*), 0
FROM exits AS x JOIN months AS m ON x.end_date >= (m.as_at - INTERVAL 12 MONTH)::DATE
  AND x.end_date < (m.as_at - INTERVAL 6 MONTH)::DATE AND x.known_from <= m.as_at GROUP BY ALL;

INSERT INTO cells
SELECT 'discharges', last_day(end_date), service, end_kind, count(*), 0
FROM episodes WHERE in_cohorts(end_date) AND start_date <= getvariable('as_at')
  AND client NOT IN (FROM no_opiate_clients) GROUP BY ALL;

INSERT INTO cells
WITH waits AS (
  SELECT service, start_date, CASE WHEN referral_date <= start_date THEN start_date - referral_date END AS days
  FROM episodes WHERE in_cohorts(start_date))
SELECT 'waiting', last_day(start_date), service,
       CASE WHEN days IS NULL THEN 'not_recorded' WHEN days <= 21 THEN 'within_21_days' ELSE 'over_21_days' END,
       count(*), coalesce(sum(days), 0)
FROM waits GROUP BY ALL;

-- working_days: how many there were up to the day
CREATE TEMP TABLE calendar AS
SELECT day::DATE AS day,
       sum((isodow(day) < 6 AND day::DATE NOT IN (SELECT day FROM bank_holidays))::INTEGER) OVER (ORDER BY day)::INTEGER
         AS working_days
FROM range(getvariable('cohorts_from')::TIMESTAMP, (getvariable('as_at') + 1)::TIMESTAMP, INTERVAL 1 DAY) AS days(day);

INSERT INTO cells
WITH presented AS (
  SELECT client, service, position, presentation_date AS presentation, coalesce(on_mat_at_start, false) AS on_mat,
         coalesce(end_date > getvariable('as_at'), true) AS open, least(end_date, getvariable('as_at')) AS until
  FROM episodes WHERE in_cohorts(presentation_date) AND start_date <= getvariable('as_at')
    AND client NOT IN (FROM no_opiate_clients)),
prescribed AS (
  SELECT p.position, bool_or(s.first_day < p.presentation AND s.last_day >= p.presentation - 1) AS covered,
         min(CASE WHEN s.first_day BETWEEN p.presentation AND p.until THEN s.first_day END) AS prescription
  FROM presented AS p JOIN segments AS s ON s.client = p.client
    AND s.first_day <= p.until AND s.last_day >= p.presentation - 1 GROUP BY p.position),
waits AS (
  SELECT p.presentation, p.service, p.open, p.on_mat OR coalesce(r.covered, false) AS already,
         getvariable('as_at') < p.presentation + 21 AS early,
         CASE WHEN already OR early OR r.prescription IS NULL THEN NULL WHEN r.prescription = p.presentation THEN 0
              ELSE greatest(1, behind.working_days - before.working_days) END AS days
  FROM presented AS p LEFT JOIN prescribed AS r USING (position)
  LEFT JOIN calendar AS before ON before.day = p.presentation
  LEFT JOIN calendar AS behind ON behind.day = r.prescription)
SELECT 'prescription_wait', last_day(presentation), service,
       CASE WHEN already THEN 'already_in_mat' WHEN early THEN 'too_early'
            WHEN days IS NULL THEN CASE WHEN open THEN 'not_yet' ELSE 'never_started' END
            WHEN days = 0 THEN 'same_day' WHEN days <= 3 THEN 'day_' || days
            WHEN days <= 5 THEN 'day_4_to_5' ELSE 'over_5' END, count(*), coalesce(sum(days), 0)
FROM waits GROUP BY ALL;
