-- What a value means and where it stands in the notice's text; NULL for files that were read before.
ALTER TABLE amount ADD COLUMN per TEXT; -- joined by 、
ALTER TABLE amount ADD COLUMN bound TEXT;
ALTER TABLE amount ADD COLUMN strict INTEGER;
ALTER TABLE amount ADD COLUMN condition TEXT;
ALTER TABLE amount ADD COLUMN position INTEGER;
ALTER TABLE deadline ADD COLUMN position INTEGER;
ALTER TABLE duty ADD COLUMN position INTEGER;
ALTER TABLE citation ADD COLUMN position INTEGER;
