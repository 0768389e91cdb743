/// What a resolver made of a customer's words.
enum Resolution<Value> {
  case found(Value)
  /// Several fit; the customer has to choose.
  case several([Value])
  /// Nothing was said about it.
  case unsaid
}
