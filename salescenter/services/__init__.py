"""One function for each deed of the house, one transaction each; frozen values in and out."""
