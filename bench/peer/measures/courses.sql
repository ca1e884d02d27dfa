-- The cells of what spells are made of: inductions, retention, naloxone on leaving. After pieces.sql.
--
-- What has not had its full follow-up is too early to say, whatever is known of it by then.
-- A cell is what one function found in one month at one service in one part: how many, and the sum of their values
-- (0 for functions without values).
CREATE TABLE cells (function VARCHAR, month DATE, service service_key, part VARCHAR, count BIGINT, sum BIGINT);

SET VARIABLE as_at = (SELECT max(as_at) FROM months);
SET VARIABLE cohorts_from = (SELECT date_trunc('month', min(as_at))::DATE FROM months);
CREATE TEMP MACRO in_cohorts(day) AS day BETWEEN getvariable('cohorts_from') AND getvariable('as_at');

CREATE TEMP TABLE gaps AS SELECT DISTINCT family, gap FROM medicines;

-- attribution: a spell belongs to the service that leads on its first day
CREATE TEMP TABLE spell_services AS
SELECT w.client, w.spell_start, p.service
FROM spells AS w JOIN pieces AS p ON p.client = w.client AND p.first_day = w.spell_start;

-- Spells as known on the last date: last covered day, tolerated days after it (`gap`; of open cover those of the most
-- patient), and how those that ended came to it.
CREATE TEMP TABLE courses AS
WITH reaches AS (
  SELECT s.client, w.spell_start, max(day_number(s.last_day) * 16 + g.gap) AS reach
  FROM segments AS s JOIN gaps AS g USING (family)
  JOIN spells AS w ON w.client = s.client AND s.first_day >= w.spell_start AND s.first_day < w.next_spell_start
  WHERE s.first_day <= getvariable('as_at') GROUP BY s.client, w.spell_start),
known AS (
  SELECT w.client, w.spell_start, w.censored, v.service, d.death,
         CASE WHEN w.next_spell_start <= getvariable('as_at') THEN w.next_spell_start ELSE no_end() END AS next_spell_start,
         day_of(r.reach // 16) AS last_day, r.reach % 16 AS gap,
         day_of(r.reach // 16 + r.reach % 16) < getvariable('as_at') AS ended
  FROM spells AS w JOIN reaches AS r USING (client, spell_start) JOIN spell_services AS v USING (client, spell_start)
  LEFT JOIN deaths AS d ON d.client = w.client AND d.death <= getvariable('as_at')),
near_ends AS (
  SELECT k.client, k.spell_start, bool_or(e.end_kind = 'transferred') AS transferred,
         arg_max(e.end_kind, day_number(e.end_date)::BIGINT << 32 | e.position) = 'planned' AS planned
  FROM known AS k JOIN episodes AS e ON e.client = k.client
    AND e.end_date BETWEEN k.last_day - 7 AND least(k.last_day + 28, getvariable('as_at'))
  WHERE k.ended GROUP BY k.client, k.spell_start)
SELECT k.*,
       CASE WHEN NOT ended THEN NULL WHEN death <= last_day + gap THEN 'died' WHEN transferred THEN 'transferred'
            WHEN planned THEN 'planned' ELSE 'dropped_out' END AS how_ended
FROM known AS k LEFT JOIN near_ends USING (client, spell_start);

CREATE TEMP TABLE new_courses AS
SELECT *, last_day(spell_start) AS month, spell_start + 27 AS day_28,
       CASE WHEN getvariable('as_at') < spell_start + 27 + gap THEN 'too_early'
            WHEN last_day >= spell_start + 27 THEN 'completed'
            WHEN how_ended IN ('died', 'transferred') THEN how_ended
            ELSE 'dropped_out' END AS induction
FROM courses WHERE NOT censored AND in_cohorts(spell_start);

INSERT INTO cells
SELECT 'induction', month, service, induction, count(*), 0 FROM new_courses GROUP BY ALL;

INSERT INTO cells
SELECT 'induction_return', month, service,
       CASE WHEN getvariable('as_at') < last_day + 90 THEN 'too_early'
            WHEN next_spell_start <= last_day + 90 THEN 'returned'
            WHEN death <= last_day + 90 THEN 'died' ELSE 'not_returned' END, count(*), 0
FROM new_courses WHERE induction = 'dropped_out' GROUP BY ALL;

INSERT INTO cells
WITH before AS (SELECT client, spell_start, lag(last_day) OVER (PARTITION BY client ORDER BY spell_start) AS last_before
                FROM courses)
SELECT 're_induction', month, service,
       CASE WHEN (spell_start - INTERVAL 12 MONTH)::DATE < greatest(getvariable('covers_from'), prescribing_from)
            THEN 'too_little_history'
            WHEN last_before > (spell_start - INTERVAL 12 MONTH)::DATE THEN 're_induction' ELSE 'first_known' END,
       count(*), 0
FROM new_courses JOIN before USING (client, spell_start) LEFT JOIN services USING (service) GROUP BY ALL;

INSERT INTO cells
SELECT 'spell_course', month, service, coalesce(how_ended, 'running'), count(*),
       sum(least(last_day, getvariable('as_at')) - spell_start + 1)
FROM new_courses GROUP BY ALL;

INSERT INTO cells
SELECT 'retention', month, service,
       CASE WHEN getvariable('as_at') < spell_start + 183 + gap THEN 'too_early'
            WHEN last_day >= spell_start + 183 THEN 'retained' ELSE how_ended END, count(*), 0
FROM new_courses GROUP BY ALL;

INSERT INTO cells
WITH supplied AS (
  SELECT DISTINCT c.client, c.spell_start FROM courses AS c JOIN events AS e ON e.client = c.client
  WHERE e.kind = 'naloxone_supplied' AND e.date > (c.last_day - INTERVAL 24 MONTH)::DATE AND e.date <= c.last_day)
SELECT 'naloxone_leaving', last_day(c.last_day), service,
       CASE WHEN how_ended = 'died' THEN 'died' WHEN s.client IS NOT NULL THEN 'supplied' ELSE 'not_supplied' END,
       count(*), 0
FROM courses AS c LEFT JOIN supplied AS s USING (client, spell_start)
WHERE c.ended AND in_cohorts(c.last_day) GROUP BY ALL;
