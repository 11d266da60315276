"""Where it is kept: the only room that imports sqlalchemy. Plain functions with plain names; none of them commits."""
