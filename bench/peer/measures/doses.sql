-- What people took on single days: on day 28 of an induction, and who prescribed at a release from prison.

CREATE TEMP TABLE releases AS
SELECT DISTINCT client, date AS release FROM events WHERE kind = 'prison_release' AND in_cohorts(date);

-- What was taken on a day, or on the last covered day before it (`covered`).
CREATE TEMP TABLE taken AS
WITH asked AS (
  SELECT client, day_28 AS day FROM new_courses WHERE induction = 'completed'
  UNION SELECT client, release FROM releases
  UNION SELECT client, release - 1 FROM releases),
begun AS (
  SELECT a.client, a.day, max(p.first_day) AS first_day
  FROM asked AS a JOIN pieces AS p ON p.client = a.client AND p.first_day <= a.day GROUP BY a.client, a.day)
SELECT b.client, b.day, least(p.last_day, b.day) AS covered, p.family, p.dose, p.service
FROM begun AS b JOIN pieces AS p USING (client, first_day);

CREATE TEMP TABLE induction_doses AS
SELECT c.month, c.service, t.family, t.dose,
       CASE WHEN t.dose IS NULL OR f.threshold IS NULL THEN 'unknown'
            WHEN t.dose < f.threshold THEN 'below' ELSE 'at_or_above' END AS band
FROM new_courses AS c JOIN taken AS t ON t.client = c.client AND t.day = c.day_28 JOIN families AS f USING (family)
WHERE c.induction = 'completed';

INSERT INTO cells
SELECT 'induction_dose', month, service, CASE WHEN dose IS NULL THEN 'not_known' ELSE family::VARCHAR END, count(*),
       coalesce(sum(dose), 0)
FROM induction_doses GROUP BY ALL;

INSERT INTO cells
SELECT 'induction_band', month, service, band, count(*), 0 FROM induction_doses GROUP BY ALL;

INSERT INTO cells
WITH in_mat AS (
  SELECT r.client, r.release, coalesce(t.service, b.service) AS service, t.client IS NOT NULL OR b.client IS NOT NULL AS known
  FROM releases AS r
  LEFT JOIN taken AS t ON t.client = r.client AND t.day = r.release AND t.covered = r.release
  LEFT JOIN taken AS b ON b.client = r.client AND b.day = r.release - 1 AND b.covered = r.release - 1),
outside AS (
  SELECT i.client, i.release, min(greatest(s.first_day, i.release) - i.release) AS days
  FROM in_mat AS i JOIN segments AS s ON s.client = i.client AND s.last_day >= i.release
    AND s.first_day <= getvariable('as_at')
  WHERE i.known AND s.service NOT IN (SELECT service FROM services WHERE kind = 'prison')
  GROUP BY i.client, i.release)
SELECT 'continuity', last_day(i.release), i.service,
       CASE WHEN getvariable('as_at') < i.release + 21 THEN 'too_early'
            WHEN days <= 1 THEN 'day_1' WHEN days <= 3 THEN 'day_3' WHEN days <= 7 THEN 'day_7'
            WHEN days <= 21 THEN 'day_21'
            WHEN death <= i.release + 21 THEN 'died' ELSE 'later' END, count(*), 0
FROM in_mat AS i LEFT JOIN outside USING (client, release) LEFT JOIN deaths AS d ON d.client = i.client
WHERE i.known GROUP BY ALL;
