"""A bank whose last transfer ends in an uncaught exception of its own."""
from dataclasses import dataclass


class BankError(Exception):
    """Base of everything that can go wrong with an account."""


class UnknownAccount(BankError):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, missing):
        super().__init__(f"{account} is short of {missing:.2f}")
        self.account = account
        self.missing = missing


@dataclass
class Account:
    owner: str
    balance: float = 0.0

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(self.owner, amount - self.balance)
        self.balance -= amount


class Bank:
    def __init__(self):
        self.accounts = {}

    def open(self, owner, balance):
        self.accounts[owner] = Account(owner, balance)

    def find(self, owner):
        try:
            return self.accounts[owner]
        except KeyError:
            raise UnknownAccount(f"no account of {owner}") from None

    def transfer(self, source, target, amount):
        giver, taker = self.find(source), self.find(target)
        giver.withdraw(amount)
        taker.balance += amount
        print(f"{source} -> {target}: {amount:.2f}")


bank = Bank()
bank.open("ada", 120)
bank.open("bert", 15.5)
bank.transfer("ada", "bert", 70)

try:
    bank.transfer("ada", "carl", 1)
except UnknownAccount as error:
    print("refused:", error)

try:
    bank.transfer("bert", "ada", 90)
except BankError as error:
    print(f"refused: {error} ({type(error).__name__})")

print("balances:", {owner: account.balance for owner, account in bank.accounts.items()})
bank.transfer("ada", "bert", 60.25)
print("never reached")
