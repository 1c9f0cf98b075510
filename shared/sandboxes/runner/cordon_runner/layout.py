"""Who the program runs as, where, and the descriptors that it gets from us."""

UID = 1000
HOME = "/home/user"
JOB_FILE = "/run/cordon/job.json"
DISK = "/run/cordon/disk"
MIB = 1 << 20

# Above what a program may open itself, so that closing all that it knows does not silence it.
REPORT_FD, JOB_FD, PROGRAM_FILES = 1000, 1001, 512

# Where our image has the fonts that matplotlib would look for, and where the program's matplotlib finds the list.
FONT_LIST_FOLDER = "/usr/share/cordon-matplotlib"
MATPLOTLIB_FOLDER = "/tmp/.matplotlib"
