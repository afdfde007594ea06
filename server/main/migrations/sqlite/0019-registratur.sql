-- A tenant for practice: its data are samples, and its administration may have them put in anew.

ALTER TABLE mandant ADD COLUMN uebung INTEGER; -- set where the tenant is made, and never changed

-- What is closed, by the day on which its retention ends.
CREATE INDEX akte_aufbewahrung ON akte (mandant, aufbewahrung_bis) WHERE status = 'abgeschlossen';
CREATE INDEX vorgang_aufbewahrung ON vorgang (mandant, aufbewahrung_bis) WHERE status = 'abgeschlossen';

-- How many Akten of each access lie under an entry of the plan.
CREATE INDEX akte_plan_zugriff ON akte (mandant, aktenplaneinheit, zugriff);
