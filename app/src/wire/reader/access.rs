//! What is within brackets, member by member, and the variants of enums.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::bytes::Reader;
use super::{Fault, Result};

/// What is between brackets.
pub(super) struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
    open: bool,
}

impl<'r, 'a> Elements<'r, 'a> {
    /// Those of a bracket that was just entered.
    pub(super) fn of(reader: &'r mut Reader<'a>) -> Self {
        Self {
            reader,
            first: true,
            open: true,
        }
    }

    /// Nothing may follow what a tuple asked for.
    pub(super) fn end(mut self) -> Result<()> {
        if self.open && self.more(b']')? {
            return Err(Fault);
        }
        Ok(())
    }

    fn more(&mut self, end: u8) -> Result<bool> {
        self.open = self.reader.more(&mut self.first, end)?;
        Ok(self.open)
    }
}

impl<'de> SeqAccess<'de> for &mut Elements<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.more(b']')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> MapAccess<'de> for Elements<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.more(b'}')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A word, or an object with one member.
pub(super) struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    has_content: bool,
}

impl<'r, 'a> Variant<'r, 'a> {
    /// The one that comes next.
    pub(super) fn of(reader: &'r mut Reader<'a>) -> Result<Self> {
        let has_content = reader.peek() == Some(b'{');
        if has_content {
            reader.enter(b'{')?;
        }
        Ok(Self {
            reader,
            has_content,
        })
    }

    /// Nothing may follow the one member.
    fn end(self) -> Result<()> {
        if self.reader.more(&mut false, b'}')? {
            return Err(Fault);
        }
        Ok(())
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let name = self.reader.string()?;
        let name: StrDeserializer<'_, Fault> = name.as_str().into_deserializer();
        let variant = seed.deserialize(name)?;
        if self.has_content {
            self.reader.expect(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<()> {
        if self.has_content { Err(Fault) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = seed.deserialize(&mut *self.reader)?;
        self.end()?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = serde::Deserializer::deserialize_seq(&mut *self.reader, visitor)?;
        self.end()?;
        Ok(value)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = serde::Deserializer::deserialize_map(&mut *self.reader, visitor)?;
        self.end()?;
        Ok(value)
    }
}
