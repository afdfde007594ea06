-- Somebody else has set it: the person chooses another one before anything else (1). Empty for those from before.

ALTER TABLE kennwort ADD COLUMN vorlaeufig INTEGER;
