INSERT INTO users VALUES ('lea','Lea One','lea@example.com');
