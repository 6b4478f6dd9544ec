-- The contract counts characters (Unicode code points), as MySQL and MariaDB do. H2 counts UTF-16 units, of which a
-- character outside the basic plane has two: with these lengths every text of allowed length fits everywhere.
ALTER TABLE product MODIFY COLUMN name VARCHAR(200) NOT NULL;
ALTER TABLE product MODIFY COLUMN description VARCHAR(4000) NULL;
ALTER TABLE stock_movement MODIFY COLUMN reason VARCHAR(400) NOT NULL;
ALTER TABLE campaign MODIFY COLUMN name VARCHAR(200) NOT NULL;
ALTER TABLE sale MODIFY COLUMN message VARCHAR(400) NULL;
