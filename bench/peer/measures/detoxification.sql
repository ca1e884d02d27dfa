-- The cells of courses of detoxification. After courses.sql.

CREATE TEMP TABLE detox_leads AS  -- prescriptions that say detoxification, and to which day they make it one
WITH leads AS (
  SELECT DISTINCT l.prescription, l.client, l.first_day, l.regime, w.spell_start
  FROM segments AS l JOIN spells AS w ON w.client = l.client AND l.first_day >= w.spell_start AND l.first_day < w.next_spell_start
  WHERE l.regime IN ('planned', 'detox')),
wanted AS (  -- those whose run tells when it began
  SELECT l.* FROM leads AS l JOIN prescriptions AS p ON p.rowid = l.prescription
  WHERE l.regime = 'detox' OR p.plan_start IS NULL),
earlier_starts AS (
  SELECT l.prescription, l.first_day AS leading_start, s.first_day, coalesce(s.regime = l.regime, false) AS alike
  FROM wanted AS l JOIN segments AS s ON s.client = l.client AND s.first_day BETWEEN l.spell_start AND l.first_day),
broken AS (
  SELECT *, max(CASE WHEN NOT alike AND first_day < leading_start THEN first_day END) OVER (PARTITION BY prescription)
            AS broken_on
  FROM earlier_starts),
began AS (SELECT prescription, min(first_day) AS run_start FROM broken
          WHERE alike AND (broken_on IS NULL OR first_day > broken_on) GROUP BY prescription),
plans AS (
  SELECT l.prescription, l.regime, p.target_date,
         CASE WHEN l.regime = 'planned' THEN coalesce(p.plan_start, b.run_start) ELSE b.run_start END AS plan_start
  FROM leads AS l JOIN prescriptions AS p ON p.rowid = l.prescription LEFT JOIN began AS b USING (prescription))
SELECT prescription, plan_start,
       CASE WHEN regime = 'detox' THEN (plan_start + INTERVAL 3 MONTH)::DATE
            WHEN target_date <= (plan_start + INTERVAL 3 MONTH)::DATE THEN target_date END AS detox_to
FROM plans;

CREATE TEMP TABLE detox_spells AS
SELECT DISTINCT c.* FROM courses AS c JOIN pieces AS p ON p.client = c.client
  AND p.first_day >= c.spell_start AND p.first_day < c.next_spell_start
JOIN detox_leads AS l ON l.prescription = p.prescription AND l.detox_to >= p.first_day;

-- All pieces of these spells; to detox_to the regime is detox.
CREATE TEMP TABLE detox_pieces AS
SELECT p.client, c.spell_start, p.first_day, least(p.last_day, getvariable('as_at')) AS last_day, p.service, p.family,
       p.dose, p.regime, l.plan_start,
       CASE WHEN l.detox_to >= p.first_day THEN least(l.detox_to, p.last_day, getvariable('as_at')) END AS detox_to,
       lead(p.first_day, 1, no_end()) OVER (PARTITION BY p.client, c.spell_start ORDER BY p.first_day) AS next_first_day
FROM detox_spells AS c JOIN pieces AS p ON p.client = c.client
  AND p.first_day >= c.spell_start AND p.first_day < c.next_spell_start
LEFT JOIN detox_leads AS l ON l.prescription = p.prescription;

-- A course goes on over days without cover, and ends before a day of another regime.
CREATE TEMP TABLE detox_days AS
WITH marked AS (
  SELECT *, coalesce(lag(detox_to = last_day) OVER in_order, false) AS goes_on FROM detox_pieces
  WINDOW in_order AS (PARTITION BY client, spell_start ORDER BY first_day))
SELECT client, spell_start, first_day, detox_to AS last_day, service, plan_start,
       sum((NOT goes_on)::INTEGER) OVER (PARTITION BY client, spell_start ORDER BY first_day) AS course
FROM marked WHERE detox_to IS NOT NULL;

CREATE TEMP TABLE detox_courses AS
WITH grouped AS (
  SELECT client, spell_start, course, min(first_day) AS first_detox_day, max(last_day) AS last_detox_day,
         arg_min(service, first_day) AS service, arg_min(plan_start, first_day) AS plan_start
  FROM detox_days GROUP BY client, spell_start, course),
counted AS (
  SELECT * EXCLUDE (plan_start), (least(plan_start, first_detox_day) + INTERVAL 3 MONTH)::DATE AS allowed_to,
         lead(first_detox_day) OVER (PARTITION BY client, spell_start ORDER BY course) AS next_course
  FROM grouped),
-- Days after the course on which the dose neither goes down nor is to go to nothing; what was taken 28 days before
-- such a day is what the piece says that had started last by then.
after AS (
  SELECT g.client, g.spell_start, g.course, p.family, p.dose, p.regime,
         greatest(coalesce(p.detox_to + 1, p.first_day), g.last_detox_day + 1) AS first_day,
         least(p.last_day, g.allowed_to, g.next_course - 1) AS last_day
  FROM counted AS g JOIN detox_pieces AS p ON p.client = g.client AND p.spell_start = g.spell_start
    AND p.last_day > g.last_detox_day AND p.first_day <= g.allowed_to
  WHERE p.regime IS NULL OR p.regime IN ('increasing', 'stable')),
maintained AS (
  SELECT client, spell_start, course FROM after
  WHERE first_day <= last_day AND (regime = 'increasing' OR dose IS NULL OR family IN ('buprenorphine_sublocade', 'other')
                                   OR first_day < spell_start + 28)
  UNION
  SELECT a.client, a.spell_start, a.course
  FROM after AS a JOIN families AS f USING (family) JOIN detox_pieces AS b ON b.client = a.client
    AND b.spell_start = a.spell_start
    AND greatest(a.first_day, b.first_day + 28) <= least(a.last_day, b.next_first_day - 1 + 28)
  WHERE b.dose IS NULL OR b.family <> a.family OR b.dose - a.dose < f.tolerance)
SELECT g.*, c.last_day, c.gap, c.ended, c.censored, c.death, c.next_spell_start,
       m.client IS NOT NULL AS maintained, last_day(g.first_detox_day) AS month
FROM counted AS g JOIN detox_spells AS c USING (client, spell_start)
LEFT JOIN maintained AS m USING (client, spell_start, course);

CREATE TEMP TABLE detox_results AS
WITH last_doses AS (
  SELECT g.client, g.spell_start, arg_max(p.family, p.first_day) AS family,
         nullif(arg_max(coalesce(p.dose, 0), p.first_day), 0) AS dose
  FROM detox_courses AS g JOIN detox_pieces AS p USING (client, spell_start) GROUP BY g.client, g.spell_start),
badly AS (
  SELECT DISTINCT g.client, g.spell_start FROM detox_courses AS g JOIN episodes AS e ON e.client = g.client
    AND e.end_date BETWEEN g.last_day - 7 AND least(g.last_day + 28, getvariable('as_at'))
  WHERE e.broke_off)
SELECT g.*,
       CASE WHEN getvariable('as_at') < allowed_to + 28 THEN 'too_early'
            WHEN g.last_day <= allowed_to AND death <= g.last_day + gap THEN 'died'
            WHEN maintained THEN 'returned_to_maintenance'
            WHEN g.last_day > allowed_to THEN 'over_three_months'
            WHEN next_course IS NOT NULL OR NOT coalesce(CASE
                   WHEN family = 'methadone' THEN dose <= 10000
                   WHEN family IN ('buprenorphine', 'buprenorphine_lyophilisate') THEN dose <= 2000 END, false)
                 OR b.client IS NOT NULL OR next_spell_start <= g.last_day + 28
            THEN 'ended_early'
            WHEN death <= g.last_day + 28 THEN 'died' ELSE 'completed' END AS part,
       getvariable('as_at') < allowed_to AS early
FROM detox_courses AS g LEFT JOIN last_doses AS d USING (client, spell_start) LEFT JOIN badly AS b USING (client, spell_start)
WHERE in_cohorts(g.first_detox_day);

INSERT INTO cells
SELECT 'detoxification', month, service, part, count(*), 0 FROM detox_results GROUP BY ALL;

INSERT INTO cells
SELECT 'detox_entry_dose', g.month, g.service,
       CASE WHEN g.early THEN 'too_early' WHEN p.dose IS NULL THEN 'not_known' ELSE p.family::VARCHAR END,
       count(*), coalesce(sum(CASE WHEN NOT g.early THEN p.dose END), 0)
FROM detox_results AS g LEFT JOIN detox_pieces AS p ON p.client = g.client AND p.spell_start = g.spell_start
  AND g.first_detox_day - 1 BETWEEN p.first_day AND p.last_day GROUP BY ALL;

-- Evidence of the clients with a course; what is newer by 28 days or more takes its place.
INSERT INTO cells
WITH dated AS (
  SELECT client, date AS day, opiate_days > 0 AS used
  FROM tops WHERE opiate_days IS NOT NULL AND stage IS DISTINCT FROM 'start' AND setting IS DISTINCT FROM 'secure'
    AND client IN (SELECT client FROM detox_results)
  UNION ALL
  SELECT client, date, coalesce(illicit_opioid = 'positive', false) OR coalesce(fentanyl_or_nitazene = 'positive', false)
  FROM screens
  WHERE setting IS DISTINCT FROM 'secure' AND client IN (SELECT client FROM detox_results)
    AND (illicit_opioid IN ('positive', 'negative') OR fentanyl_or_nitazene = 'positive')),
evidence AS (
  SELECT client, day, used,
         min(day) OVER (PARTITION BY client ORDER BY day
                        RANGE BETWEEN INTERVAL 28 DAYS FOLLOWING AND UNBOUNDED FOLLOWING) AS replaced_on
  FROM dated),
seen AS (
  SELECT g.client, g.first_detox_day, bool_or(e.used AND coalesce(e.replaced_on > greatest(e.day, d.first_day), true)) AS used
  FROM detox_results AS g JOIN detox_days AS d USING (client, spell_start, course) JOIN evidence AS e ON e.client = g.client
    AND e.day <= d.last_day AND e.day > (greatest(e.day, d.first_day) - INTERVAL 3 MONTH)::DATE
    AND (g.censored OR e.day > g.spell_start)
  GROUP BY g.client, g.first_detox_day)
SELECT 'detox_use', g.month, g.service,
       CASE WHEN g.early THEN 'too_early' WHEN s.used THEN 'used' WHEN s.client IS NULL THEN 'no_evidence' ELSE 'no_use' END,
       count(*), 0
FROM detox_results AS g LEFT JOIN seen AS s USING (client, first_detox_day) GROUP BY ALL;

INSERT INTO cells
WITH admitted AS (
  SELECT DISTINCT g.client, g.first_detox_day FROM detox_results AS g JOIN events AS e ON e.client = g.client
    AND e.date BETWEEN g.first_detox_day AND g.last_detox_day
  WHERE e.kind = 'inpatient_admission')
SELECT 'detox_setting', g.month, g.service,
       CASE WHEN g.early THEN 'too_early' WHEN v.kind = 'inpatient' OR a.client IS NOT NULL THEN 'inpatient'
            WHEN v.kind IS NULL THEN 'not_recorded' ELSE 'community' END, count(*), 0
FROM detox_results AS g LEFT JOIN services AS v USING (service) LEFT JOIN admitted AS a USING (client, first_detox_day)
GROUP BY ALL;

-- What came in the six months after a completed course.
CREATE TEMP TABLE detox_completed AS
SELECT *, (last_day + INTERVAL 6 MONTH)::DATE AS until
FROM detox_results WHERE part = 'completed';

INSERT INTO cells
SELECT 'detox_restart', month, service,
       CASE WHEN getvariable('as_at') < until THEN 'too_early' WHEN next_spell_start <= until THEN 'restarted'
            WHEN death <= until THEN 'died' ELSE 'not_restarted' END, count(*), 0
FROM detox_completed GROUP BY ALL;

INSERT INTO cells
WITH kinds AS (
  SELECT function, kind::event_key AS kind FROM (VALUES
    ('detox_support', 'recovery_support'), ('detox_support', 'mutual_aid'), ('detox_support', 'rehab_admission'),
    ('detox_naloxone', 'naloxone_supplied'), ('detox_check_up', 'medical_review'), ('detox_check_up', 'keywork')
  ) AS listed(function, kind)),
supported AS (
  SELECT DISTINCT k.function, g.client, g.first_detox_day
  FROM detox_completed AS g JOIN events AS e ON e.client = g.client AND e.date > g.last_day AND e.date <= g.until
  JOIN kinds AS k USING (kind)),
functions AS (SELECT DISTINCT function FROM kinds)
SELECT f.function, g.month, g.service,
       CASE WHEN getvariable('as_at') < until THEN 'too_early' WHEN s.client IS NOT NULL THEN 'supported'
            WHEN death <= until THEN 'died' ELSE 'not_supported' END, count(*), 0
FROM detox_completed AS g CROSS JOIN functions AS f
LEFT JOIN supported AS s ON s.function = f.function AND s.client = g.client AND s.first_detox_day = g.first_detox_day
GROUP BY ALL;
