/// What one side of a conversation said.
package struct Message: Hashable, Sendable {
  /// Whether the agent said it; else the customer.
  package let isAgent: Bool
  /// As written.
  package let text: String

  package init(isAgent: Bool, text: String) {
    self.isAgent = isAgent
    self.text = text
  }
}
