"""What all populations share: the sign-up choices and the infrastructure of strangers."""
