/// Why an action was not done.
package enum ActionFailure: Error, Hashable, Sendable {
  // What the shop's records and rules say.
  case customerNotFound
  /// No such order, or not one of the identified customer's: the two are not told apart, so that nothing is disclosed.
  case orderNotFound
  case productNotFound
  case itemNotFound(String)
  case notPendingToCancel
  case notPendingToModify
  case notDeliveredToReturn
  case notDeliveredToExchange
  case invalidReason
  case paymentMethodNotFound
  case notExactlyOnePayment
  case samePaymentMethod
  case insufficientBalanceForOrder
  case insufficientBalanceForItem
  case insufficientBalanceForDifference
  case someItemNotFound
  case itemCountsDiffer
  case newItemUnavailable(String)
  case refundMethodNotAllowed

  // What a conversation may not do.
  case notIdentified
  /// Too many failed identifications in this conversation.
  case identificationLocked
  /// A conversation serves one customer.
  case otherCustomer
  /// Delivered too long ago to be sent back.
  case outsideReturnWindow
  /// An argument that names nothing, or is far too long.
  case invalidArgument
  /// Not what was stated and said yes to.
  case notConfirmed
  case confirmationExpired
  /// The records have moved on since the statement.
  case changedMeanwhile
  /// The store did not answer.
  case serviceUnavailable

  /// The wording logs and evaluations know.
  package var message: String {
    switch self {
    case .customerNotFound: "user not found"
    case .orderNotFound: "order not found"
    case .productNotFound: "product not found"
    case .itemNotFound(let id): "\(id) not found"
    case .notPendingToCancel: "non-pending order cannot be cancelled"
    case .notPendingToModify: "non-pending order cannot be modified"
    case .notDeliveredToReturn: "non-delivered order cannot be returned"
    case .notDeliveredToExchange: "non-delivered order cannot be exchanged"
    case .invalidReason: "invalid reason"
    case .paymentMethodNotFound: "payment method not found"
    case .notExactlyOnePayment: "there should be exactly one payment for a pending order"
    case .samePaymentMethod: "the new payment method should be different from the current one"
    case .insufficientBalanceForOrder: "insufficient gift card balance to pay for the order"
    case .insufficientBalanceForItem: "insufficient gift card balance to pay for the new item"
    case .insufficientBalanceForDifference: "insufficient gift card balance to pay for the price difference"
    case .someItemNotFound: "some item not found"
    case .itemCountsDiffer: "the number of items to be exchanged should match"
    case .newItemUnavailable(let id): "new item \(id) not found or available"
    case .refundMethodNotAllowed: "payment method should be either the original payment method or a gift card"
    case .notIdentified: "customer not identified"
    case .identificationLocked: "identification locked"
    case .otherCustomer: "another customer"
    case .outsideReturnWindow: "outside the return window"
    case .invalidArgument: "invalid argument"
    case .notConfirmed: "not confirmed"
    case .confirmationExpired: "confirmation expired"
    case .changedMeanwhile: "changed meanwhile"
    case .serviceUnavailable: "service unavailable"
    }
  }
}
