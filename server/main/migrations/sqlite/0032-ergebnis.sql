-- How many cases ended in which quarter since a Baustein was adopted, as JSON: effects are told by quarter too.
ALTER TABLE netz_wirkung ADD COLUMN quartale TEXT;

-- A result of a workshop that became something of its own: the uuid of the cooperation or the tool.
ALTER TABLE netz_beitrag ADD COLUMN objekt TEXT;
