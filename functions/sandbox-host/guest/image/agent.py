import sys
print("no agent yet", flush=True)
